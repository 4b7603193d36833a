import { Lock, ShieldCheck, Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '#text'

/** Explains what linking a bank does, before Plaid opens. */
export function LinkIntro({ children }: { children: ReactNode }) {
  const text = useText('connections')
  return (
    <>
      <ul className="list-disc space-y-1.5 pl-5 leading-7 marker:text-accent">
        <li>{text('See every account you own, with its balance, in one place')}</li>
        <li>{text('Find any payment of the last two years in seconds')}</li>
      </ul>
      <div className="mt-6">{children}</div>
      <LinkFacts />
    </>
  )
}

/** What Plaid reads, and what it cannot do. */
export function LinkFacts() {
  const text = useText('connections')
  return (
    <ul className="mt-7 space-y-3 border-line border-t pt-6 text-[0.9375rem] text-muted leading-6">
      <InfoItem icon={ShieldCheck}>
        {text.rich(
          '<strong>Plaid</strong> connects us to your bank. With your permission it shares the names, kinds and last digits of your accounts, their balances and their transactions, so that we can show them to you. Nothing else is read.',
          {
            strong: (part) => (
              <strong key="plaid" className="font-medium text-ink">
                {part}
              </strong>
            )
          }
        )}
      </InfoItem>
      <InfoItem icon={Lock}>
        {text(
          'Everything is sent encrypted. You sign in with your bank or in Plaid’s window, and we never see your bank password. This connection is read-only: it cannot move money.'
        )}
      </InfoItem>
      <InfoItem icon={Unplug}>{text('You can disconnect a bank at any time.')}</InfoItem>
    </ul>
  )
}

function InfoItem({ icon: Icon, children }: { icon: typeof Lock; children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent" strokeWidth={1.75} />
      <span>{children}</span>
    </li>
  )
}
