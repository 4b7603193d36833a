import type { Metadata } from 'next'
import { getText } from '@/app/_lib/text'
import { Article, Part } from '@/components/site/article'
import { brand, company } from '@/pangea.config'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('site')
  return { title: text('Terms') }
}

/** A template: have it reviewed before real users read it (approved.legal in pangea.config.ts). */
export default async function TermsPage() {
  const text = await getText('site')
  return (
    <Article
      title={text('Terms')}
      intro={text('The agreement between you and {company}.', { company: company.legalName })}
    >
      <Part title={text('The service')}>
        <p>
          {text(
            '{brand} shows your accounts in one place and helps you apply for an account at Jiko. {brand} is not a bank, a broker or an adviser. The account itself is an agreement between you and Jiko, whose documents you read before you apply.'
          )}
        </p>
      </Part>
      <Part title={text('Your login')}>
        <p>
          {text(
            'Keep your password and your second factor to yourself. Tell us at once if another person may have used your login: {email}.',
            { email: brand.support.email }
          )}
        </p>
      </Part>
      <Part title={text('Other banks')}>
        <p>
          {text(
            'You allow Plaid to read the banks that you add. Figures come from those banks and may be late or incomplete. Decide nothing important on them alone.'
          )}
        </p>
      </Part>
      <Part title={text('Ending it')}>
        <p>
          {text(
            'You can delete your data at any time. We may end the service with 30 days’ notice, or at once where the law or a misuse requires it.'
          )}
        </p>
      </Part>
      <Part title={text('Liability and law')}>
        <p>
          {text(
            '[To be written by counsel: limits of liability, governing law, disputes, changes to these terms.]'
          )}
        </p>
      </Part>
    </Article>
  )
}
