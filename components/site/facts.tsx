/** What the account costs and yields, and who holds the money: on the landing page and alone. */
import { useText } from '#text'
import { dateTimeFormat } from '@/lib/domain/intl'
import { inLanguage, type PageLanguage } from '@/lib/domain/text/languages'
import { localeFor } from '@/lib/domain/users/preferences'
import { approved, fees, treasuryYield } from '@/pangea.config'

const LINK = 'underline underline-offset-2'

const dayText = (date: string, language: PageLanguage): string =>
  dateTimeFormat(localeFor(language, null), { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(date)
  )

export function FeeList() {
  const { language } = useText('site')
  return (
    <dl className="divide-y divide-line border-line border-y">
      {fees.map(({ what, cost }) => (
        <div key={what.en} className="flex flex-wrap justify-between gap-x-6 gap-y-1 py-3">
          <dt>{inLanguage(what, language)}</dt>
          <dd className="font-medium">{inLanguage(cost, language)}</dd>
        </div>
      ))}
    </dl>
  )
}

const YIELD_TEXT =
  '<yield></yield> was the yield of US Treasury bills on {date}. Source: <source></source>'
const EXAMPLE_YIELD_TEXT =
  'Example figure: <yield></yield> was the yield of US Treasury bills on {date}. Source: <source></source>'

export function YieldStatement() {
  const text = useText('site')
  const { percent, asOf, source } = treasuryYield
  return (
    <>
      <p>
        {text.rich(approved.yield ? YIELD_TEXT : EXAMPLE_YIELD_TEXT, {
          yield: () => (
            <strong key="yield" className="font-semibold">
              {percent}%
            </strong>
          ),
          date: dayText(asOf, text.language),
          source: () => (
            <a key="source" className={LINK} href={source.url} lang="en" rel="noreferrer">
              {source.name}
            </a>
          )
        })}
      </p>
      <p>
        {text(
          'Your balance is put into Treasury bills, so what you earn depends on the bills that are bought, changes with the market, and is not guaranteed. Your account page shows what Jiko reports for yours.'
        )}
      </p>
    </>
  )
}

export function CustodyStatement() {
  const text = useText('site')
  return (
    <>
      <p>
        {text(
          'Your account is opened at Jiko, in your name. {brand} never holds your money. Treasury bills are backed by the full faith and credit of the United States government.'
        )}
      </p>
      <p>
        {text.rich(
          'The bills are held by Jiko’s broker-dealer, a member of the Securities Investor Protection Corporation. SIPC protects customers’ securities and cash if a member fails, up to $500,000, of which at most $250,000 for cash. It does not protect against a loss in value: <link>what SIPC protects</link>',
          {
            link: (part) => (
              <a
                key="link"
                className={LINK}
                href="https://www.sipc.org/for-investors/what-sipc-protects"
                rel="noreferrer"
              >
                {part}
              </a>
            )
          }
        )}
      </p>
      <p>
        {text('Treasury bills are not bank deposits, and deposit insurance does not cover them.')}
      </p>
    </>
  )
}
