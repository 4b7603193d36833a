'use client'

import { useText } from '#text'
import { Checkbox } from '@/components/ui/forms/text-input'
import type { PreferencesResponse } from '@/lib/api/preferences'
import type { TextKey } from '@/lib/domain/text/text'
import { type ListedGroup, wantsEmail } from '@/lib/domain/users/preferences'

type Key = TextKey<'users'>

const LISTED: Record<ListedGroup, { label: Key; hint: Key }> = {
  application: {
    label: 'Your application',
    hint: 'When Jiko decides or needs something from you, and once when it waits for you.'
  },
  deposits: { label: 'Deposits', hint: 'When money that you added has arrived.' },
  balances: {
    label: 'Large payments and low balances',
    hint: 'At the banks you linked: a payment of $1,000 or more, or less than $100 in a checking account.'
  },
  bills: { label: 'Payments due', hint: 'Three days before a card or loan is due.' },
  summary: { label: 'Weekly summary', hint: 'On Mondays, if something moved in the week before.' }
}
const LISTED_GROUPS = Object.entries(LISTED) as [ListedGroup, (typeof LISTED)[ListedGroup]][]

/** Which messages also come by e-mail. */
export function EmailSwitches({
  chosen,
  choose
}: {
  chosen: PreferencesResponse
  choose: (next: Partial<PreferencesResponse>) => void
}) {
  const { emailsOff } = chosen
  const text = useText('users')
  return (
    <fieldset className="mt-6">
      <legend className="font-medium text-[0.9375rem]">{text('E-mails')}</legend>
      <p className="mt-0.5 text-muted text-sm">
        {text('They name no amounts. E-mails about the safety of your money always come.')}
      </p>
      <div className="mt-2 space-y-2">
        <Checkbox
          checked={chosen.emailNotices}
          onChange={(emailNotices) => choose({ emailNotices })}
          label={text('A bank needs you')}
          hint={text('At most one e-mail per bank and day.')}
        />
        {LISTED_GROUPS.map(([group, { label, hint }]) => (
          <Checkbox
            key={group}
            checked={wantsEmail(chosen, group)}
            onChange={(wanted) =>
              choose({
                emailsOff: wanted
                  ? emailsOff.filter((other) => other !== group)
                  : [...emailsOff, group]
              })
            }
            label={text(label)}
            hint={text(hint)}
          />
        ))}
      </div>
    </fieldset>
  )
}
