import type { Metadata } from 'next'
import { getText } from '@/app/_lib/text'
import { Article, Part } from '@/components/site/article'
import { SupportContact } from '@/components/site/support-contact'
import { inLanguage } from '@/lib/domain/text/languages'
import { company } from '@/pangea.config'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('site')
  return { title: text('Contact') }
}

/** A template: have it reviewed before real users read it (approved.legal in pangea.config.ts). */
export default async function ContactPage() {
  const text = await getText('site')
  return (
    <Article title={text('Contact')}>
      <Part title={text('Support')}>
        <SupportContact />
        <p>{inLanguage(company.hours, text.language)}</p>
      </Part>
      <Part title={text('Your Jiko account')}>
        <p>
          {text(
            'For a card, a transfer that Jiko received, or a decision about an application, Jiko’s support is in the documents of your account.'
          )}
        </p>
      </Part>
      <Part title={text('Vulnerabilities')}>
        <p>
          <a href={`mailto:${company.securityEmail}`}>{company.securityEmail}</a>
        </p>
      </Part>
      <Part title={text('By mail')}>
        <address className="not-italic">
          {company.legalName}
          <br />
          {company.address}
        </address>
      </Part>
    </Article>
  )
}
