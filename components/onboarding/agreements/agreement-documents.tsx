import { ExternalLink } from 'lucide-react'
import { useText } from '#text'
import { CheckboxField } from '@/components/ui/forms/choice-fields'
import type { AgreementDocument } from '@/lib/domain/onboarding/application'
import type { TextKey } from '@/lib/domain/text/text'

type Group = Record<'title' | 'consent', TextKey<'onboarding'>>

const GROUPS: Record<string, Group> = {
  BANK: {
    title: 'Your bank account',
    consent: 'I have read the documents about my bank account, and I agree to them.'
  },
  BROKERAGE: {
    title: 'Your investments',
    consent: 'I have read the documents about my investments, and I agree to them.'
  },
  GENERAL: {
    title: 'General',
    consent: 'I have read the documents about the service in general, and I agree to them.'
  }
}
const MORE: Group = {
  title: 'More documents',
  consent: 'I have read the documents in this list, and I agree to them.'
}

type Props = {
  category: string
  documents: AgreementDocument[]
  agreed: boolean
  onAgree: (agreed: boolean) => void
  error?: string | undefined
}

/** Jiko's documents of one topic, and the consent to them. */
export function AgreementGroup({ category, documents, agreed, onAgree, error }: Props) {
  const text = useText('onboarding')
  const { title, consent } = GROUPS[category] ?? MORE
  return (
    <section className="mt-5">
      <h3 className="mb-2 font-medium text-[0.9375rem]">{text(title)}</h3>
      <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
        {documents.map((document) => (
          <DocumentLink
            key={`${document.type}-${document.url}`}
            href={document.url}
            title={document.title}
            lang="en"
          />
        ))}
      </ul>
      <CheckboxField
        name={category}
        checked={agreed}
        onChange={onAgree}
        {...(error ? { error } : {})}
      >
        {text(consent)}
      </CheckboxField>
    </section>
  )
}

/** A PDF link that opens in a new tab. `lang` is that of the title, if not that of the page. */
export function DocumentLink({ href, title, lang }: { href: string; title: string; lang?: 'en' }) {
  const text = useText('onboarding')
  return (
    <li>
      <a
        href={href}
        target="_blank"
        rel="noreferrer"
        className="flex min-h-12 items-center justify-between gap-4 px-5 py-3 text-accent hover:bg-sunken focus-visible:-outline-offset-3"
      >
        <span lang={lang} className="underline decoration-accent/40 underline-offset-3">
          {title}
        </span>
        <span className="flex shrink-0 items-center gap-1.5 text-muted text-sm">
          {text.rich('PDF <icon></icon><hidden>, opens in a new tab</hidden>', {
            icon: () => <ExternalLink key="icon" aria-hidden="true" className="size-4" />,
            hidden: (part) => (
              <span key="hidden" className="sr-only">
                {part}
              </span>
            )
          })}
        </span>
      </a>
    </li>
  )
}
