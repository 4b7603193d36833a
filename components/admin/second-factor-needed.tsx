import { ButtonLink } from '../ui/button'
import { PageHeading } from '../ui/card'

/** For an administrator who signed in with a password alone. */
export function SecondFactorNeeded() {
  return (
    <>
      <PageHeading title="Two-step verification needed">
        These pages open only after a second step. Turn it on under Security, then sign out and in again with a code from your authenticator app.
      </PageHeading>
      <ButtonLink href="/settings/security" className="mt-6">
        Go to Security
      </ButtonLink>
    </>
  )
}
