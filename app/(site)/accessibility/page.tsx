import type { Metadata } from 'next'
import { Article, Part } from '@/components/site/article'
import { SupportContact } from '@/components/site/support-contact'
import { brand } from '@/pangea.config'

export const metadata: Metadata = { title: 'Accessibility' }

/** A template: have it reviewed before real users read it (approved.legal in pangea.config.ts). */
export default function AccessibilityPage() {
  return (
    <Article title="Accessibility" intro={`${brand.name} is meant to work for everyone.`}>
      <Part title="What we aim for">
        <p>
          The Web Content Accessibility Guidelines 2.2, level AA. Every page is tested by machine in
          each release, and works with a keyboard, at 400 % zoom and with a screen reader.
        </p>
      </Part>
      <Part title="Settings that help">
        <p>
          Under Settings, Preferences: a theme with more contrast, light or dark colors, and
          keyboard shortcuts, which can be switched off. Charts have a table of their figures.
        </p>
      </Part>
      <Part title="What is not ours">
        <p>
          The windows of Plaid and the sign-in forms of Clerk, and PDF documents of Jiko. Tell us if
          one of them stops you; we find another way.
        </p>
      </Part>
      <Part title="Tell us">
        <SupportContact />
      </Part>
    </Article>
  )
}
