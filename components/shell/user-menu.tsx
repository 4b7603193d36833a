'use client'

import { CircleUser, LogOut, Settings } from 'lucide-react'
import Link from 'next/link'
import { type MouseEvent, useId, useState } from 'react'
import { useText } from '#text'
import { errorMessage } from '@/components/lib/api'
import { useClerkSession } from '@/components/lib/clerk'
import { loadedClerk } from '@/components/lib/clerk-session'
import { Notice } from '@/components/ui/notice'

const ITEM =
  'flex min-h-11 w-full items-center gap-3 rounded-control px-3 text-left text-[0.9375rem] hover:bg-sunken'

/**
 * Who is signed in, the settings, and signing out. Works before Clerk's script has loaded. The
 * browser opens and closes it, also with Escape and a press outside.
 */
export function UserMenu() {
  const text = useText('shell')
  const menuId = useId()
  return (
    <>
      <button
        type="button"
        popoverTarget={menuId}
        className="inline-flex size-11 items-center justify-center rounded-control hover:bg-sunken"
      >
        <Avatar />
        <span className="sr-only">{text('Open user menu')}</span>
      </button>
      <div
        id={menuId}
        popover="auto"
        className="fixed inset-auto top-16 right-4 m-0 w-72 max-w-[calc(100vw-2rem)] rounded-card border border-line bg-raised p-2 text-ink shadow-xl supports-[position-area:bottom]:inset-auto supports-[position-area:bottom]:[position-area:bottom_span-left]"
      >
        <MenuItems />
      </div>
    </>
  )
}

function Avatar() {
  const { user } = useClerkSession()
  const initials = [user?.firstName, user?.lastName].map((name) => name?.[0] ?? '').join('')
  return initials ? (
    <span
      aria-hidden="true"
      className="inline-flex size-8 items-center justify-center rounded-full bg-accent font-medium text-on-accent text-xs"
    >
      {initials}
    </span>
  ) : (
    <CircleUser aria-hidden="true" className="size-6 text-muted" strokeWidth={1.75} />
  )
}

const closeMenu = ({ currentTarget }: MouseEvent) =>
  currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()

function MenuItems() {
  const text = useText('shell')
  const { user } = useClerkSession()
  const [failure, setFailure] = useState('')
  const signOut = async () => {
    setFailure('')
    try {
      const clerk = await loadedClerk()
      await clerk.signOut()
    } catch (thrown) {
      setFailure(errorMessage(thrown))
    }
  }
  return (
    <>
      {user && (
        <p className="break-words px-3 py-2 text-muted text-sm">
          {user.fullName && <span className="block font-medium text-ink">{user.fullName}</span>}
          {user.primaryEmailAddress?.emailAddress}
        </p>
      )}
      <Link href="/settings" className={ITEM} onClick={closeMenu}>
        <Settings aria-hidden="true" className="size-5 text-muted" strokeWidth={1.75} />
        {text('Manage account')}
      </Link>
      <button type="button" className={ITEM} onClick={signOut}>
        <LogOut aria-hidden="true" className="size-5 text-muted" strokeWidth={1.75} />
        {text('Sign out')}
      </button>
      {failure && (
        <Notice tone="bad" live className="mt-2">
          {failure}
        </Notice>
      )}
    </>
  )
}
