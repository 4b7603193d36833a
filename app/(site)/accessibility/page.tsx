import type { Metadata } from 'next'
import { getText } from '@/app/_lib/text'
import { Article, Part } from '@/components/site/article'
import { SupportContact } from '@/components/site/support-contact'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('site')
  return { title: text('Accessibility') }
}

/** A template: have it reviewed before real users read it (approved.legal in pangea.config.ts). */
export default async function AccessibilityPage() {
  const text = await getText('site')
  return (
    <Article title={text('Accessibility')} intro={text('{brand} is meant to work for everyone.')}>
      <Part title={text('What we aim for')}>
        <p>
          {text(
            'The Web Content Accessibility Guidelines 2.2, level AA. Every page is tested by machine in each release, and works with a keyboard, at 400 % zoom and with a screen reader.'
          )}
        </p>
      </Part>
      <Part title={text('Settings that help')}>
        <p>
          {text(
            'Under Settings, Preferences: a theme with more contrast, light or dark colors, and keyboard shortcuts, which can be switched off. Charts have a table of their figures.'
          )}
        </p>
      </Part>
      <Part title={text('What is not ours')}>
        <p>
          {text(
            'The windows of Plaid and the sign-in forms of Clerk, and PDF documents of Jiko. Tell us if one of them stops you; we find another way.'
          )}
        </p>
      </Part>
      <Part title={text('Tell us')}>
        <SupportContact />
      </Part>
    </Article>
  )
}
