'use client'

import { ExternalLink } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import useSWR from 'swr'
import type { AgreementDocument, Agreements } from '@/lib/domain/application'
import { formatDate } from '@/lib/domain/dates'
import { change, isApiError, messageOf } from '../api'
import { Tick } from '../forms/choices'
import { ErrorSummary } from '../forms/error-summary'
import { useSubmit } from '../forms/use-submit'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { Loading, Skeleton } from '../ui/skeleton'
import { BackLink } from './step-frame'

const PATH = '/api/v1/application/agreements'
const GROUPS: Record<string, string> = {
  'E-SIGN': 'Receiving documents electronically',
  BANK: 'Your bank account',
  BROKERAGE: 'Your investments',
  GENERAL: 'General'
}

/** The bank's documents as they are now, and the person's yes to exactly these. Somebody who agreed to older ones is told why they are back. */
export function AgreementsForm({ agreedVersion }: { agreedVersion: string | null }) {
  const { data, error, isValidating, mutate } = useSWR<Agreements>(PATH, { revalidateOnFocus: false })
  return (
    <>
      <BackLink href="/onboarding/affiliations" />
      <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">Read and agree to the bank’s documents</h1>
      <p className="mt-1 text-[0.9375rem] text-muted leading-6">
        The bank gives you these documents electronically, as PDF files. Open them to be sure that you can read and keep them.
      </p>
      {data && agreedVersion && agreedVersion !== data.version && (
        <Notice className="mt-6" tone="warn" live title="The bank has updated these documents">
          You agreed to version {agreedVersion}. The bank now has version {data.version}, so it needs your agreement to the new ones. Your other answers are
          kept.
        </Notice>
      )}
      {data ? (
        <Consent agreements={data} reload={() => void mutate()} />
      ) : error ? (
        <Notice
          className="mt-7"
          tone="bad"
          live
          title="The documents could not be loaded"
          action={
            <Button look="quiet" busy={isValidating} onClick={() => void mutate()}>
              Try again
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      ) : (
        <div className="mt-7 space-y-3">
          <Loading what="the documents" />
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-44 w-full rounded-card" />
          <Skeleton className="h-44 w-full rounded-card" />
        </div>
      )}
    </>
  )
}

function Consent({ agreements, reload }: { agreements: Agreements; reload: () => void }) {
  const router = useRouter()
  const [agreed, setAgreed] = useState(false)
  const { busy, errors, failure, attempt, submit } = useSubmit(async () => {
    try {
      await change(PATH, { version: agreements.version, agreed })
    } catch (thrown) {
      if (isApiError(thrown) && thrown.code === 'conflict') {
        setAgreed(false)
        reload()
      }
      throw thrown
    }
    router.push('/onboarding/check')
    router.refresh()
  })
  return (
    <form onSubmit={submit} noValidate className="mt-7">
      <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
      {Object.entries(grouped(agreements.documents)).map(([category, documents]) => (
        <DocumentGroup key={category} title={GROUPS[category] ?? 'More documents'} documents={documents} />
      ))}
      <p className="text-muted text-sm">
        Version {agreements.version}, released {formatDate(agreements.releasedOn)}
      </p>
      <div className="mt-6">
        <Tick name="agreed" checked={agreed} onChange={setAgreed} error={errors.agreed}>
          I can open and keep these documents, I have read them, and I agree to them and to receiving them electronically.
        </Tick>
      </div>
      <Button type="submit" busy={busy} className="mt-6 min-w-36">
        {busy ? 'Saving' : 'Continue'}
      </Button>
    </form>
  )
}

function grouped(documents: AgreementDocument[]): Record<string, AgreementDocument[]> {
  const groups: Record<string, AgreementDocument[]> = {}
  for (const category of [...Object.keys(GROUPS), ...documents.map((document) => document.category)]) groups[category] ??= []
  for (const document of documents) groups[document.category]?.push(document)
  return Object.fromEntries(Object.entries(groups).filter(([, list]) => list.length > 0))
}

function DocumentGroup({ title, documents }: { title: string; documents: AgreementDocument[] }) {
  return (
    <section className="mb-6">
      <h2 className="mb-2 font-medium">{title}</h2>
      <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
        {documents.map((document) => (
          <li key={`${document.type}-${document.url}`}>
            <a
              href={document.url}
              target="_blank"
              rel="noreferrer"
              className="flex min-h-12 items-center justify-between gap-4 px-5 py-3 text-accent hover:bg-sunken focus-visible:-outline-offset-3"
            >
              <span className="underline decoration-accent/40 underline-offset-3">{document.title}</span>
              <span className="flex shrink-0 items-center gap-1.5 text-muted text-sm">
                PDF <ExternalLink aria-hidden="true" className="size-4" />
                <span className="sr-only">, opens in a new tab</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
