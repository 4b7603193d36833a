import { Eye, Lock, ShieldCheck, Unplug } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useText } from '#text'
import { hasSessionHint } from '@/app/_lib/session'
import { DashboardPreview } from '@/components/reports/dashboard-preview'
import { CustodyStatement, FeeList, YieldStatement } from '@/components/site/facts'
import { SiteFrame } from '@/components/site/site-frame'
import { ButtonLink } from '@/components/ui/button'
import { env } from '@/lib/platform/env'
import { company } from '@/pangea.config'

/** The landing page. Uses no Clerk component, so that it works during a Clerk outage. */
export default async function LandingPage() {
  const signedIn = await hasSessionHint()
  return (
    <SiteFrame signedIn={signedIn}>
      <Opening signedIn={signedIn} />
      <Protection />
      <Facts />
      <HowItWorks />
    </SiteFrame>
  )
}

function Opening({ signedIn }: { signedIn: boolean }) {
  const text = useText('site')
  return (
    <section className="mx-auto grid max-w-6xl grid-cols-1 items-center gap-x-16 gap-y-14 px-5 pt-10 pb-20 sm:px-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,27rem)] lg:pt-16 lg:pb-28">
      <div>
        <h1 className="max-w-[15ch] font-semibold text-[2.75rem] leading-[1.06] tracking-[-0.035em] sm:text-[3.75rem]">
          {text('All your money, in one calm place')}
        </h1>
        <p className="mt-6 max-w-[34rem] text-lg text-muted leading-8">
          {text(
            'Open an account backed by US Treasury bills. Add the banks you already have. See what you own, what you owe and every payment in between.'
          )}
        </p>
        <Actions signedIn={signedIn} />
        <ul
          aria-label={text('Why you can trust it')}
          className="mt-9 grid max-w-[34rem] gap-x-8 gap-y-3 border-line border-t pt-6 text-[0.9375rem] sm:grid-cols-2"
        >
          <TrustPoint icon={ShieldCheck}>
            {text('Your money is at a bank, in your name')}
          </TrustPoint>
          <TrustPoint icon={Eye}>
            {text('We read your banks. Money moves only when you say so')}
          </TrustPoint>
          <TrustPoint icon={Lock}>{text('Your Social Security number is never stored')}</TrustPoint>
          <TrustPoint icon={Unplug}>{text('Disconnect a bank at any time')}</TrustPoint>
        </ul>
      </div>
      <DashboardPreview />
    </section>
  )
}

function Actions({ signedIn }: { signedIn: boolean }) {
  const text = useText('site')
  const { demoUrl } = env()
  return (
    <div className="mt-9 flex flex-wrap items-center gap-x-5 gap-y-3">
      <ButtonLink href={signedIn ? '/dashboard' : '/sign-up'} className="min-h-12 px-6 text-base">
        {signedIn ? text('Go to your dashboard') : text('Open an account')}
      </ButtonLink>
      {demoUrl && !signedIn && (
        <ButtonLink href={demoUrl} variant="quiet" className="min-h-12 px-6 text-base">
          {text('See the demo')}
        </ButtonLink>
      )}
      {!signedIn && (
        <p className="w-full text-muted text-sm leading-6">
          {text.rich(
            'About five minutes. Pause any time and continue on any device. Only want to see your banks? <link>Add them without an account</link>',
            {
              link: (part) => (
                <Link
                  key="link"
                  href="/sign-up?redirect_url=/connections"
                  className="text-accent underline underline-offset-2"
                >
                  {part}
                </Link>
              )
            }
          )}
        </p>
      )}
    </div>
  )
}

function Protection() {
  const text = useText('site')
  return (
    <section aria-labelledby="trust" className="border-line border-y bg-surface">
      <div className="mx-auto max-w-6xl px-5 py-16 sm:px-8 lg:py-20">
        <h2
          id="trust"
          className="max-w-[22ch] font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]"
        >
          {text('How we protect your money and your data')}
        </h2>
        <ul className="mt-10 grid gap-x-12 gap-y-10 md:grid-cols-3">
          <Reason icon={ShieldCheck} title={text('Your money is at a bank')}>
            {text(
              'Your account is opened at Jiko and put into US Treasury bills, in your name. {brand} never holds your money.'
            )}
          </Reason>
          <Reason icon={Eye} title={text('We read, you decide')}>
            {text(
              'Plaid gives us read-only access to the banks you choose. We never see your bank password. Money leaves a bank only if you also link it with Jiko and confirm the amount.'
            )}
          </Reason>
          <Reason icon={Lock} title={text('Your identity stays protected')}>
            {text(
              'Your Social Security number goes to Jiko once, and we do not store it. Access keys and drafts are encrypted.'
            )}
          </Reason>
        </ul>
      </div>
    </section>
  )
}

function Facts() {
  const text = useText('site')
  return (
    <section aria-labelledby="facts" className="mx-auto max-w-6xl px-5 pt-16 sm:px-8 lg:pt-20">
      <h2 id="facts" className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
        {text('What you should know first')}
      </h2>
      <div className="mt-8 grid gap-x-16 gap-y-10 md:grid-cols-2">
        <Fact title={text('What it costs')}>
          <FeeList />
        </Fact>
        <Fact title={text('What it yields')}>
          <YieldStatement />
        </Fact>
        <Fact title={text('Who holds your money')}>
          <CustodyStatement />
        </Fact>
        <Fact title={text('Who is behind it')}>
          <p>
            {text(
              '{brand} is a service of {company}, {address}. {brand} is not a bank: Jiko opens and holds your account, and Plaid connects your other banks.',
              { company: company.legalName, address: company.address }
            )}
          </p>
        </Fact>
      </div>
    </section>
  )
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="font-medium">{title}</h3>
      <div className="mt-2 space-y-3 text-[0.9375rem] text-muted leading-7 [&_dd]:text-ink">
        {children}
      </div>
    </div>
  )
}

function HowItWorks() {
  const text = useText('site')
  return (
    <section aria-labelledby="how" className="mx-auto max-w-6xl px-5 py-16 sm:px-8 lg:py-20">
      <h2 id="how" className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
        {text('How it works')}
      </h2>
      <ol className="mt-8 grid gap-x-12 gap-y-8 md:grid-cols-3">
        <Step number="1" title={text('Apply')}>
          {text('Answer a few questions, one at a time. Jiko’s decision can come within a minute.')}
        </Step>
        <Step number="2" title={text('Add your banks')}>
          {text(
            'Sign in to each bank through Plaid. Up to two years of transactions arrive automatically.'
          )}
        </Step>
        <Step number="3" title={text('See it all')}>
          {text('All your balances and payments, refreshed while you look.')}
        </Step>
      </ol>
    </section>
  )
}

function TrustPoint({ icon: Icon, children }: { icon: typeof Lock; children: string }) {
  return (
    <li className="flex items-start gap-2.5">
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-accent" strokeWidth={1.75} />
      {children}
    </li>
  )
}

function Reason({
  icon: Icon,
  title,
  children
}: {
  icon: typeof Lock
  title: string
  children: ReactNode
}) {
  return (
    <li>
      <Icon aria-hidden="true" className="size-6 text-accent" strokeWidth={1.75} />
      <h3 className="mt-4 font-medium">{title}</h3>
      <p className="mt-1.5 text-[0.9375rem] text-muted leading-7">{children}</p>
    </li>
  )
}

function Step({ number, title, children }: { number: string; title: string; children: ReactNode }) {
  return (
    <li className="border-line border-t pt-5">
      <h3 className="font-medium">
        <span aria-hidden="true" className="mr-2.5 text-accent tabular-nums">
          {number}
        </span>
        {title}
      </h3>
      <p className="mt-1.5 text-[0.9375rem] text-muted leading-7">{children}</p>
    </li>
  )
}
