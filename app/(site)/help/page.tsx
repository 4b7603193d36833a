import type { Metadata } from 'next'
import { Article, Part } from '@/components/site/article'
import { SupportContact } from '@/components/site/support-contact'

export const metadata: Metadata = { title: 'Help' }

/** A template: have it reviewed before real users read it (approved.legal in pangea.config.ts). */
export default function HelpPage() {
  return (
    <Article title="Help" intro="Answers to frequent questions.">
      <Part title="How long does an application take?">
        <p>
          About five minutes. Jiko’s decision can come within a minute; some applications take a few
          business days. You can pause at any time and continue on any device.
        </p>
      </Part>
      <Part title="What do I need?">
        <p>
          Your address, a phone that receives text messages, and your Social Security number. Jiko
          may ask for a photo of an ID.
        </p>
      </Part>
      <Part title="Jiko did not open an account for me">
        <p>
          Jiko sends you a notice that explains how to contact it and how to see any report that it
          used. It does not share its reasons with us. You can still add your other banks.
        </p>
      </Part>
      <Part title="A bank does not update">
        <p>
          Open Connections and press “Sign in again” at the bank. If the bank itself has problems,
          that page says so, and we keep trying.
        </p>
      </Part>
      <Part title="I cannot sign in">
        <p>
          Use “Forgot password” on the sign-in page. After too many attempts a login is locked for
          an hour. If you lost your second factor, write to us.
        </p>
      </Part>
      <Part title="Something else">
        <SupportContact />
      </Part>
    </Article>
  )
}
