import type { Metadata } from 'next'
import { Article, Part } from '@/components/site/article'
import { brand, company } from '@/pangea.config'

export const metadata: Metadata = { title: 'Terms' }

/** A template: have it reviewed before real users read it (approved.legal in pangea.config.ts). */
export default function TermsPage() {
  return (
    <Article title="Terms" intro={`The agreement between you and ${company.legalName}.`}>
      <Part title="The service">
        <p>
          {brand.name} shows your accounts in one place and helps you apply for an account at Jiko.{' '}
          {brand.name} is not a bank, a broker or an adviser. The account itself is an agreement
          between you and Jiko, whose documents you read before you apply.
        </p>
      </Part>
      <Part title="Your login">
        <p>
          Keep your password and your second factor to yourself. Tell us at once if another person
          may have used your login: {brand.support.email}.
        </p>
      </Part>
      <Part title="Other banks">
        <p>
          You allow Plaid to read the banks that you add. Figures come from those banks and may be
          late or incomplete. Decide nothing important on them alone.
        </p>
      </Part>
      <Part title="Ending it">
        <p>
          You can delete your data at any time. We may end the service with 30 days’ notice, or at
          once where the law or a misuse requires it.
        </p>
      </Part>
      <Part title="Liability and law">
        <p>
          [To be written by counsel: limits of liability, governing law, disputes, changes to these
          terms.]
        </p>
      </Part>
    </Article>
  )
}
