import type { Metadata } from 'next'
import { getText } from '@/app/_lib/text'
import { Article, Part } from '@/components/site/article'
import { brand, company } from '@/pangea.config'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('site')
  return { title: text('Privacy notice') }
}

/** A template: have it reviewed before real users read it (approved.legal in pangea.config.ts). */
export default async function PrivacyPage() {
  const text = await getText('site')
  return (
    <Article
      title={text('Privacy notice')}
      intro={text('What {brand} stores about you, why, and what you can do about it.')}
    >
      <Part title={text('Who is responsible')}>
        <p>
          {text('{company}, {address}. Questions about your data: {email}.', {
            company: company.legalName,
            address: company.address,
            email: brand.support.email
          })}
        </p>
      </Part>
      <Part title={text('What we store, and why')}>
        <ul className="list-disc space-y-2 pl-5">
          <li>{text('Your login: e-mail address and phone number, kept by Clerk and by us.')}</li>
          <li>
            {text(
              'Your application: the answers you give, encrypted, until Jiko has decided. Your Social Security number goes to Jiko once and is never stored here.'
            )}
          </li>
          <li>
            {text(
              'Banks you add: accounts, balances and transactions that Plaid reads for you, and your name, address and phone number there if you start your application with a bank. We never see your bank password.'
            )}
          </li>
          <li>
            {text(
              'What you do here: a record of sensitive actions, so that you and we can find misuse.'
            )}
          </li>
        </ul>
      </Part>
      <Part title={text('Who receives it')}>
        <p>
          {text(
            'Jiko opens and holds your account. Plaid reads the banks you choose. Clerk manages your login. We do not sell your data, and show no advertising.'
          )}
        </p>
      </Part>
      <Part title={text('What you can do')}>
        <p>
          {text(
            'Download everything we store, or delete it, under Settings, Your data. Deleting also ends the access to your banks. Jiko keeps the records that the law requires.'
          )}
        </p>
      </Part>
      <Part title={text('Cookies')}>
        <p>
          {text(
            'Only those that the service needs: your sign-in, your theme and your time zone. Nothing tracks you.'
          )}
        </p>
      </Part>
    </Article>
  )
}
