import { ArrowDownLeft, Landmark } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '#text'
import { AddBank } from '@/components/connections/link/add-bank'
import { LinkFacts } from '@/components/connections/link/link-intro'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'

/** After approval: the two steps that make the account useful, in any order, then the account. */
export function NextSteps({ children }: { children: ReactNode }) {
  const text = useText('onboarding')
  return (
    <>
      <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
        {text('Two next steps')}
      </h1>
      <div className="mt-5 grid items-stretch gap-4 sm:grid-cols-2">
        <Step id="add-money" icon={ArrowDownLeft} title={text('Add money')}>
          <p>
            {text(
              'Move money in from a bank of yours. Plaid opens for Jiko, because moving money needs your permission for Jiko.'
            )}
          </p>
          <ButtonLink href="/account#add-money" className="w-full">
            {text('Add money')}
          </ButtonLink>
        </Step>
        <Step id="link-a-bank" icon={Landmark} title={text('Link a bank')}>
          <p>
            {text(
              'See your other accounts here, with balances and payments. This connection only reads and cannot move money.'
            )}
          </p>
          <AddBank firstLink />
        </Step>
      </div>
      <p className="mt-4 text-center">
        <ButtonLink href="/dashboard" variant="bare">
          {text('Not now')}
        </ButtonLink>
      </p>
      <div className="mt-6">{children}</div>
      <LinkFacts />
    </>
  )
}

type StepProps = { id: string; icon: typeof Landmark; title: string; children: ReactNode }

const Step = ({ id, icon: Icon, title, children }: StepProps) => (
  <Card labelledBy={id} className="flex flex-col p-5">
    <Icon aria-hidden="true" className="size-6 text-accent" strokeWidth={1.75} />
    <h2 id={id} className="mt-3 font-semibold text-lg tracking-[-0.01em]">
      {title}
    </h2>
    <div className="mt-1 flex grow flex-col gap-5 text-[0.9375rem] leading-6 [&_button]:w-full">
      {children}
    </div>
  </Card>
)
