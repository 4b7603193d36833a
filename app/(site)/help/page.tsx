import type { Metadata } from 'next'
import { getText } from '@/app/_lib/text'
import { Article, Part } from '@/components/site/article'
import { SupportContact } from '@/components/site/support-contact'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('site')
  return { title: text('Help') }
}

/** A template: have it reviewed before real users read it (approved.legal in pangea.config.ts). */
export default async function HelpPage() {
  const text = await getText('site')
  return (
    <Article title={text('Help')} intro={text('Answers to frequent questions.')}>
      <Part title={text('How long does an application take?')}>
        <p>
          {text(
            'About five minutes. Jiko’s decision can come within a minute; some applications take a few business days. You can pause at any time and continue on any device.'
          )}
        </p>
      </Part>
      <Part title={text('What do I need?')}>
        <p>
          {text(
            'Your address, a phone that receives text messages, and your Social Security number. Jiko may ask for a photo of an ID.'
          )}
        </p>
      </Part>
      <Part title={text('Jiko did not open an account for me')}>
        <p>
          {text(
            'Jiko sends you a notice that explains how to contact it and how to see any report that it used. It does not share its reasons with us. You can still add your other banks.'
          )}
        </p>
      </Part>
      <Part title={text('A bank does not update')}>
        <p>
          {text(
            'Open Connections and press “Sign in again” at the bank. If the bank itself has problems, that page says so, and we keep trying.'
          )}
        </p>
      </Part>
      <Part title={text('I cannot sign in')}>
        <p>
          {text(
            'Use “Forgot password” on the sign-in page. After too many attempts a login is locked for an hour. If you lost your second factor, write to us.'
          )}
        </p>
      </Part>
      <Part title={text('Something else')}>
        <SupportContact />
      </Part>
    </Article>
  )
}
