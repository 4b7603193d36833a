import { Landmark, Wallet } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '#text'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'

/** Offers an account to a user who has not begun an application. */
export function OpenAccountCard({ as = 'h2' }: { as?: 'h2' | 'h3' }) {
  const text = useText('onboarding')
  return (
    <Offer
      id="open-account"
      as={as}
      icon={Wallet}
      title={text('Open an account')}
      action={
        <ButtonLink href="/onboarding" variant={as === 'h2' ? 'quiet' : 'primary'}>
          {text('Open an account')}
        </ButtonLink>
      }
    >
      {text('Held at Jiko in US Treasury bills, in your name. Applying takes about five minutes.')}
    </Offer>
  )
}

/** The two ways to begin. Neither needs the other. */
export function FirstSteps() {
  const text = useText('onboarding')
  return (
    <section aria-labelledby="first-steps" className="mt-6">
      <h2 id="first-steps" className="font-semibold text-xl tracking-[-0.01em]">
        {text('How would you like to begin?')}
      </h2>
      <p className="mt-1 text-muted">{text('You can do one now and the other later, or never.')}</p>
      <div className="mt-5 grid gap-6 md:grid-cols-2">
        <Offer
          id="add-banks"
          as="h3"
          icon={Landmark}
          title={text('Add the banks you already have')}
          action={
            <ButtonLink href="/connections#add-bank">{text('Add a bank account')}</ButtonLink>
          }
        >
          {text('See balances, spending and net worth in one place. No application is needed.')}
        </Offer>
        <OpenAccountCard as="h3" />
      </div>
    </section>
  )
}

type OfferProps = {
  id: string
  as: 'h2' | 'h3'
  icon: typeof Wallet
  title: string
  action: ReactNode
  children: ReactNode
}

const Offer = ({ id, as: Heading, icon: Icon, title, action, children }: OfferProps) => (
  <Card labelledBy={id} className="flex flex-col items-start p-5 sm:p-6">
    <Icon aria-hidden="true" className="size-6 text-accent" strokeWidth={1.75} />
    <Heading id={id} className="mt-3 font-semibold text-lg tracking-[-0.01em]">
      {title}
    </Heading>
    <p className="mt-1 mb-5 text-muted leading-7">{children}</p>
    <div className="mt-auto max-sm:w-full [&>a]:max-sm:w-full">{action}</div>
  </Card>
)
