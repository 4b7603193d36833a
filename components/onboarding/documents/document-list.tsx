'use client'

import useSWR from 'swr'
import { useText } from '#text'
import { DocumentRow } from '@/components/onboarding/documents/document-row'
import type { DocumentResponse, DocumentsResponse } from '@/lib/api/responses'
import { groupDocuments } from '@/lib/domain/onboarding/documents'

const PATH = '/api/v1/application/documents'

/** The documents that Jiko asks for and why, each with an upload. */
export function DocumentList({ initial }: { initial: DocumentResponse[] }) {
  const text = useText('onboarding')
  const { data, mutate } = useSWR<DocumentsResponse>(PATH, {
    fallbackData: { status: 'DOCUMENTS_NEEDED', documents: initial }
  })
  const documents = data?.documents ?? initial
  return (
    <div className="space-y-7">
      {groupDocuments(documents).map(({ group, documents: requested }) => (
        <section key={group.title} aria-label={text(group.title)}>
          <h2 className="font-medium">{text(group.title)}</h2>
          <p className="mt-1 text-[0.9375rem] text-muted leading-6">{text(group.why)}</p>
          <ul className="mt-3 divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
            {requested.map((document) => (
              <DocumentRow
                key={document.type}
                document={document}
                onUploaded={(response) => void mutate(response, { revalidate: false })}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
