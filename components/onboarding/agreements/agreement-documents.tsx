import { ExternalLink } from 'lucide-react'
import { CheckboxField } from '@/components/ui/forms/choice-fields'
import type { AgreementDocument } from '@/lib/domain/onboarding/application'

const GROUPS: Record<string, { title: string; consent: string }> = {
  BANK: { title: 'Your bank account', consent: 'about my bank account' },
  BROKERAGE: { title: 'Your investments', consent: 'about my investments' },
  GENERAL: { title: 'General', consent: 'about the service in general' }
}
const MORE = { title: 'More documents', consent: 'in this list' }

type Props = {
  category: string
  documents: AgreementDocument[]
  agreed: boolean
  onAgree: (agreed: boolean) => void
  error?: string | undefined
}

/** Jiko's documents of one topic, and the consent to them. */
export function AgreementGroup({ category, documents, agreed, onAgree, error }: Props) {
  const { title, consent } = GROUPS[category] ?? MORE
  return (
    <section className="mt-5">
      <h3 className="mb-2 font-medium text-[0.9375rem]">{title}</h3>
      <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
        {documents.map((document) => (
          <DocumentLink
            key={`${document.type}-${document.url}`}
            href={document.url}
            title={document.title}
          />
        ))}
      </ul>
      <CheckboxField
        name={category}
        checked={agreed}
        onChange={onAgree}
        {...(error ? { error } : {})}
      >
        I have read the documents {consent}, and I agree to them.
      </CheckboxField>
    </section>
  )
}

/** A PDF link that opens in a new tab. */
export function DocumentLink({ href, title }: { href: string; title: string }) {
  return (
    <li>
      <a
        href={href}
        target="_blank"
        rel="noreferrer"
        className="flex min-h-12 items-center justify-between gap-4 px-5 py-3 text-accent hover:bg-sunken focus-visible:-outline-offset-3"
      >
        <span className="underline decoration-accent/40 underline-offset-3">{title}</span>
        <span className="flex shrink-0 items-center gap-1.5 text-muted text-sm">
          PDF <ExternalLink aria-hidden="true" className="size-4" />
          <span className="sr-only">, opens in a new tab</span>
        </span>
      </a>
    </li>
  )
}
