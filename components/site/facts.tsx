/** What the account costs and yields, and who holds the money: on the landing page and alone. */
import { approved, brand, fees, treasuryYield } from '@/pangea.config'

const LINK = 'underline underline-offset-2'

const dayText = (date: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date))

export function FeeList() {
  return (
    <dl className="divide-y divide-line border-line border-y">
      {fees.map(({ what, cost }) => (
        <div key={what} className="flex flex-wrap justify-between gap-x-6 gap-y-1 py-3">
          <dt>{what}</dt>
          <dd className="font-medium">{cost}</dd>
        </div>
      ))}
    </dl>
  )
}

export function YieldStatement() {
  const { percent, asOf, source } = treasuryYield
  return (
    <>
      <p>
        {!approved.yield && <span>Example figure: </span>}
        <strong className="font-semibold">{percent}%</strong>
        <span> was the yield of US Treasury bills on {dayText(asOf)}. Source: </span>
        <a className={LINK} href={source.url} rel="noreferrer">
          {source.name}
        </a>
      </p>
      <p>
        Your balance is put into Treasury bills, so what you earn depends on the bills that are
        bought, changes with the market, and is not guaranteed. Your account page shows what Jiko
        reports for yours.
      </p>
    </>
  )
}

export function CustodyStatement() {
  return (
    <>
      <p>
        Your account is opened at Jiko, in your name. {brand.name} never holds your money. Treasury
        bills are backed by the full faith and credit of the United States government.
      </p>
      <p>
        <span>
          The bills are held by Jiko’s broker-dealer, a member of the Securities Investor Protection
          Corporation. SIPC protects customers’ securities and cash if a member fails, up to
          $500,000, of which at most $250,000 for cash. It does not protect against a loss in value:{' '}
        </span>
        <a
          className={LINK}
          href="https://www.sipc.org/for-investors/what-sipc-protects"
          rel="noreferrer"
        >
          what SIPC protects
        </a>
      </p>
      <p>Treasury bills are not bank deposits, and deposit insurance does not cover them.</p>
    </>
  )
}
