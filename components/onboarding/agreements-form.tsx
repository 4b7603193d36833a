'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import useSWR from 'swr'
import { apiSend, errorMessage, isApiError } from '@/components/lib/api'
import { useRefresh } from '@/components/lib/use-refresh'
import { AgreementDocuments, DocumentLink } from '@/components/onboarding/agreement-documents'
import { BackLink } from '@/components/onboarding/step-layout'
import { Button } from '@/components/ui/button'
import { DateText } from '@/components/ui/formatting'
import { CheckboxField } from '@/components/ui/forms/choice-fields'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { TextField } from '@/components/ui/forms/text-field'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { Notice } from '@/components/ui/notice'
import { LoadingStatus, Skeleton } from '@/components/ui/skeleton'
import type { AgreementsResponse } from '@/lib/api/responses'

const PATH = '/api/v1/application/agreements'

/**
 * Jiko's current documents and the user's agreement to them. Explains why a user who agreed to an
 * older version is asked again.
 */
export function AgreementsForm({ agreedVersion }: { agreedVersion: string | null }) {
  const { data, error, isValidating, mutate } = useSWR<AgreementsResponse>(PATH, {
    revalidateOnFocus: false
  })
  return (
    <>
      <BackLink href="/onboarding/affiliations" />
      <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
        Read and agree to Jiko’s documents
      </h1>
      <p className="mt-1 text-[0.9375rem] text-muted leading-6">
        Jiko provides these documents electronically, as PDF files. Before you agree, the law
        requires you to show that you can open them.
      </p>
      {data && agreedVersion && agreedVersion !== data.version && (
        <Notice className="mt-6" tone="warn" live title="Jiko has updated these documents">
          You agreed to version {agreedVersion}. Jiko now uses version {data.version} and needs your
          agreement to it. Your other answers are saved.
        </Notice>
      )}
      {data ? (
        <ConsentForm agreements={data} reload={() => void mutate()} />
      ) : error ? (
        <Notice
          className="mt-7"
          tone="bad"
          live
          title="The documents could not be loaded"
          action={
            <Button variant="quiet" busy={isValidating} onClick={() => void mutate()}>
              Try again
            </Button>
          }
        >
          {errorMessage(error)}
        </Notice>
      ) : (
        <div className="mt-7 space-y-3">
          <LoadingStatus label="the documents" />
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-44 w-full rounded-card" />
          <Skeleton className="h-44 w-full rounded-card" />
        </div>
      )}
    </>
  )
}

/** The consent as the user gives it. Jiko may publish newer documents meanwhile. */
function useConsent(version: string, reload: () => void) {
  const router = useRouter()
  const refresh = useRefresh()
  const [agreed, setAgreed] = useState(false)
  const [testNumber, setTestNumber] = useState('')
  const submission = useSubmit(async () => {
    try {
      await apiSend(PATH, { version: version, shown: testNumber, agreed })
    } catch (thrown) {
      if (isApiError(thrown) && thrown.code === 'conflict') {
        setAgreed(false)
        setTestNumber('')
        reload()
      }
      throw thrown
    }
    return () => {
      router.push('/onboarding/check')
      void refresh()
    }
  })
  return { agreed, setAgreed, testNumber, setTestNumber, ...submission }
}

function ConsentForm({
  agreements,
  reload
}: {
  agreements: AgreementsResponse
  reload: () => void
}) {
  const consent = useConsent(agreements.version, reload)
  const { agreed, setAgreed, testNumber, setTestNumber } = consent
  const { busy, errors, failure, attempt, submit } = consent
  return (
    <form onSubmit={submit} noValidate className="mt-7">
      <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
      <EsignCheck
        testPage={agreements.testPage}
        value={testNumber}
        onChange={setTestNumber}
        error={errors.shown}
      />
      <AgreementDocuments documents={agreements.documents} />
      <p className="text-muted text-sm">
        Version {agreements.version}, released <DateText date={agreements.releasedOn} />
      </p>
      <div className="mt-6">
        <CheckboxField name="agreed" checked={agreed} onChange={setAgreed} error={errors.agreed}>
          I can open and keep these documents, I have read them, and I agree to them and to
          receiving them electronically.
        </CheckboxField>
      </div>
      <Button type="submit" busy={busy} className="mt-6 min-w-36 max-sm:w-full">
        {busy ? 'Saving' : 'Continue'}
      </Button>
    </form>
  )
}

function EsignCheck({
  testPage,
  value,
  onChange,
  error
}: {
  testPage: string
  value: string
  onChange: (value: string) => void
  error: string | undefined
}) {
  return (
    <section className="mb-8">
      <h2 className="font-medium">Show that you can open them</h2>
      <p className="mt-1 mb-2 text-[0.9375rem] text-muted leading-6">
        The test page is a PDF file like the documents below. It shows a four-digit number.
      </p>
      <ul className="mb-4 overflow-hidden rounded-card border border-line bg-surface">
        <DocumentLink href={testPage} title="Test page" />
      </ul>
      <TextField
        name="shown"
        label="Number on the test page"
        value={value}
        onChange={onChange}
        error={error}
        inputMode="numeric"
        autoComplete="off"
        width="short"
      />
    </section>
  )
}
