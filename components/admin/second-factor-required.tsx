'use client'

import { apiGet } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { useRefresh } from '@/components/lib/use-refresh'
import { useWithReverification } from '@/components/lib/use-reverification'
import { Button, ButtonLink } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/card'

/** Shown to an admin without a second factor verified in this session. */
export function SecondFactorRequired() {
  const refresh = useRefresh()
  const checkAccess = useWithReverification(() => apiGet('/api/v1/admin/vendors'))
  const { busy, failure, mutate } = useMutation(async () => {
    await checkAccess()
    await refresh()
  })
  return (
    <>
      <PageHeading title="Two-step verification needed">
        These pages open after you confirm with your authenticator app. If you have not set it up,
        turn on two-step verification under Security first.
      </PageHeading>
      <div className="mt-6 flex flex-wrap gap-3">
        <Button busy={busy} onClick={() => void mutate()}>
          Confirm it’s you
        </Button>
        <ButtonLink variant="quiet" href="/settings/security">
          Go to Security
        </ButtonLink>
      </div>
      <p role="status" className={failure ? 'mt-3 text-danger text-sm' : 'sr-only'}>
        {failure}
      </p>
    </>
  )
}
