import type { Metadata } from 'next'
import { getText } from '@/app/_lib/text'
import { Article, Part } from '@/components/site/article'
import { CustodyStatement } from '@/components/site/facts'
import { brand, company } from '@/pangea.config'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('site')
  return { title: text('Security') }
}

/** A template: have it reviewed before real users read it (approved.legal in pangea.config.ts). */
export default async function SecurityPage() {
  const text = await getText('site')
  return (
    <Article
      title={text('Security')}
      intro={text('Who holds your money, and how your data is protected.')}
    >
      <Part title={text('Your money')}>
        <CustodyStatement />
      </Part>
      <Part title={text('Your data')}>
        <ul className="list-disc space-y-2 pl-5">
          <li>{text('Your Social Security number goes to Jiko once. It is never stored here.')}</li>
          <li>
            {text('Access to your banks is read-only, through Plaid. We never see your passwords.')}
          </li>
          <li>
            {text('Access keys, applications and names are encrypted, each with a key of its own.')}
          </li>
          <li>{text('Moving money and changing your login ask again that it is you.')}</li>
          <li>
            {text('You get an e-mail about every new device, transfer and change of your login.')}
          </li>
        </ul>
      </Part>
      <Part title={text('If something looks wrong')}>
        <p>
          {text(
            'Every security e-mail has a link that locks transfers and signs you out everywhere. Then write to {email}.',
            { email: brand.support.email }
          )}
        </p>
        <p>
          {text.rich('Found a vulnerability? Write to <email></email>', {
            email: () => (
              <a key="email" href={`mailto:${company.securityEmail}`}>
                {company.securityEmail}
              </a>
            )
          })}
        </p>
      </Part>
    </Article>
  )
}
