'use client'

import { ClerkFailed } from '@clerk/nextjs'
import { SupportContact } from '@/components/site/support-contact'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

/** Shown in place of a Clerk form when its script failed to load. */
export function ClerkLoadError() {
  return (
    <ClerkFailed>
      <Notice
        tone="bad"
        live
        title="Sign-in could not be loaded"
        className="mb-4"
        action={
          <Button variant="quiet" onClick={() => window.location.reload()}>
            Reload the page
          </Button>
        }
      >
        Check your internet connection. A browser extension or your network may also block it.
        <SupportContact />
      </Notice>
    </ClerkFailed>
  )
}
