import type { Metadata } from 'next'
import { Article, Part } from '@/components/site/article'
import { CustodyStatement } from '@/components/site/facts'
import { brand, company } from '@/pangea.config'

export const metadata: Metadata = { title: 'Security' }

/** A template: have it reviewed before real users read it (approved.legal in pangea.config.ts). */
export default function SecurityPage() {
  return (
    <Article title="Security" intro="Who holds your money, and how your data is protected.">
      <Part title="Your money">
        <CustodyStatement />
      </Part>
      <Part title="Your data">
        <ul className="list-disc space-y-2 pl-5">
          <li>Your Social Security number goes to Jiko once. It is never stored here.</li>
          <li>Access to your banks is read-only, through Plaid. We never see your passwords.</li>
          <li>Access keys, applications and names are encrypted, each with a key of its own.</li>
          <li>Moving money and changing your login ask again that it is you.</li>
          <li>You get an e-mail about every new device, transfer and change of your login.</li>
        </ul>
      </Part>
      <Part title="If something looks wrong">
        <p>
          Every security e-mail has a link that locks transfers and signs you out everywhere. Then
          write to {brand.support.email}.
        </p>
        <p>
          <span>Found a vulnerability? Write to </span>
          <a href={`mailto:${company.securityEmail}`}>{company.securityEmail}</a>
        </p>
      </Part>
    </Article>
  )
}
