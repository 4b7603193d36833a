import type { Metadata } from 'next'
import { Article, Part } from '@/components/site/article'
import { SupportContact } from '@/components/site/support-contact'
import { company } from '@/pangea.config'

export const metadata: Metadata = { title: 'Contact' }

/** A template: have it reviewed before real users read it (approved.legal in pangea.config.ts). */
export default function ContactPage() {
  return (
    <Article title="Contact">
      <Part title="Support">
        <SupportContact />
        <p>{company.hours}</p>
      </Part>
      <Part title="Your Jiko account">
        <p>
          For a card, a transfer that Jiko received, or a decision about an application, Jiko’s
          support is in the documents of your account.
        </p>
      </Part>
      <Part title="Vulnerabilities">
        <p>
          <a href={`mailto:${company.securityEmail}`}>{company.securityEmail}</a>
        </p>
      </Part>
      <Part title="By mail">
        <address className="not-italic">
          {company.legalName}
          <br />
          {company.address}
        </address>
      </Part>
    </Article>
  )
}
