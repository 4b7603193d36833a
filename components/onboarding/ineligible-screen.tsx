import { Clock3, MapPin } from 'lucide-react'
import { useText } from '#text'
import { Screen } from '@/components/onboarding/status-screens'
import { SupportContact } from '@/components/site/support-contact'
import { ButtonLink } from '@/components/ui/button'
import type { IneligibilityReason } from '@/lib/domain/onboarding/eligibility'

/** A page and not a field error: there is nothing to correct. */
export const IneligibleScreen = ({ reason }: { reason: IneligibilityReason }) =>
  reason === 'under_18' ? <Under18Screen /> : <NotServedScreen />

function Under18Screen() {
  const text = useText('onboarding')
  return (
    <Screen icon={Clock3} title={text('You need to be 18 to open an account')}>
      <p>
        {text(
          'Jiko can only open an account for people who are 18 or older. We did not store the date you entered.'
        )}
      </p>
      <p>{text('You are welcome to come back then. Did you mistype the date?')}</p>
      <div className="pt-3">
        <ButtonLink href="/onboarding/date-of-birth" variant="quiet">
          {text('Change your date of birth')}
        </ButtonLink>
      </div>
      <SupportContact className="pt-3 text-muted text-sm" />
    </Screen>
  )
}

function NotServedScreen() {
  const text = useText('onboarding')
  return (
    <Screen icon={MapPin} title={text('Jiko does not serve the place where you live yet')}>
      <p>
        {text(
          'Jiko opens accounts for people who live in one of the 50 states or the District of Columbia, or who have a military address (APO, FPO or DPO). We did not store the address you entered.'
        )}
      </p>
      <p>
        {text(
          'You can still use {brand} to see the banks you already have in one place. If you move, you are welcome to come back.'
        )}
      </p>
      <div className="flex flex-wrap gap-3 pt-3">
        <ButtonLink href="/connections">{text('Add a bank account')}</ButtonLink>
        <ButtonLink href="/onboarding/address" variant="quiet">
          {text('Change your address')}
        </ButtonLink>
      </div>
      <SupportContact className="pt-3 text-muted text-sm" />
    </Screen>
  )
}
