import { ExternalLink } from 'lucide-react'
import type { AgreementDocument } from '@/lib/domain/onboarding/application'

const CATEGORY_TITLES: Record<string, string> = {
  'E-SIGN': 'Receiving documents electronically',
  BANK: 'Your bank account',
  BROKERAGE: 'Your investments',
  GENERAL: 'General'
}

/** Jiko's documents by topic; consent to electronic delivery first. */
export function AgreementDocuments({ documents }: { documents: AgreementDocument[] }) {
  return Object.entries(groupByCategory(documents)).map(([category, group]) => (
    <DocumentGroup
      key={category}
      title={CATEGORY_TITLES[category] ?? 'More documents'}
      documents={group}
    />
  ))
}

function groupByCategory(documents: AgreementDocument[]): Record<string, AgreementDocument[]> {
  const groups: Record<string, AgreementDocument[]> = {}
  for (const category of [
    ...Object.keys(CATEGORY_TITLES),
    ...documents.map((document) => document.category)
  ])
    groups[category] ??= []
  for (const document of documents) groups[document.category]?.push(document)
  return Object.fromEntries(Object.entries(groups).filter(([, list]) => list.length > 0))
}

function DocumentGroup({ title, documents }: { title: string; documents: AgreementDocument[] }) {
  return (
    <section className="mb-6">
      <h2 className="mb-2 font-medium">{title}</h2>
      <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
        {documents.map((document) => (
          <DocumentLink
            key={`${document.type}-${document.url}`}
            href={document.url}
            title={document.title}
          />
        ))}
      </ul>
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
