'use client'

import { CircleCheck } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import useSWR from 'swr'
import { useText } from '#text'
import { apiSend, errorMessage, isApiError } from '@/components/lib/api'
import { useRefresh } from '@/components/lib/use-refresh'
import { AgreementGroup } from '@/components/onboarding/agreements/agreement-documents'
import { EsignConsent } from '@/components/onboarding/agreements/esign-consent'
import { BackLink } from '@/components/onboarding/step-layout'
import { Button } from '@/components/ui/button'
import { DateText } from '@/components/ui/formatting'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { Notice } from '@/components/ui/notice'
import { LoadingStatus, Skeleton } from '@/components/ui/skeleton'
import type { AgreementsResponse } from '@/lib/api/responses'
import { categoriesOf, ESIGN_CATEGORY } from '@/lib/domain/onboarding/application'
import { previousStep } from '@/lib/domain/onboarding/onboarding'

const PATH = '/api/v1/application/agreements'

/**
 * Jiko's current documents and the user's agreement to them. Explains why a user who agreed to an
 * older version is asked again.
 */
export function AgreementsForm({ agreedVersion }: { agreedVersion: string | null }) {
  const text = useText('onboarding')
  const { data, error, isValidating, mutate } = useSWR<AgreementsResponse>(PATH)
  return (
    <>
      <BackLink href={`/onboarding/${previousStep('agreements')}`} />
      <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
        {text('Read and agree to Jiko’s documents')}
      </h1>
      {data && agreedVersion && agreedVersion !== data.version && (
        <Notice className="mt-6" tone="warn" live title={text('Jiko has updated these documents')}>
          {text(
            'You agreed to version {agreed}. Jiko now uses version {current} and needs your agreement to it. Your other answers are saved.',
            { agreed: agreedVersion, current: data.version }
          )}
        </Notice>
      )}
      {text.language === 'es' && (
        <Notice className="mt-6">
          {text('Jiko’s documents are in English. Read them before you agree to them.')}
        </Notice>
      )}
      {data ? (
        <div className="mt-7 space-y-8">
          {data.esign.agreed ? (
            <EsignAgreed />
          ) : (
            <EsignConsent agreements={data} reload={() => mutate()} />
          )}
          <GroupConsents agreements={data} reload={() => mutate()} />
        </div>
      ) : error ? (
        <Notice
          className="mt-7"
          tone="bad"
          live
          title={text('The documents could not be loaded')}
          action={
            <Button variant="quiet" busy={isValidating} onClick={() => void mutate()}>
              {text('Try again')}
            </Button>
          }
        >
          {errorMessage(error)}
        </Notice>
      ) : (
        <div className="mt-7 space-y-3">
          <LoadingStatus label={text('the documents')} />
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-44 w-full rounded-card" />
          <Skeleton className="h-44 w-full rounded-card" />
        </div>
      )}
    </>
  )
}

function EsignAgreed() {
  const text = useText('onboarding')
  return (
    <section>
      <h2 className="font-medium">{text('1. Receive documents electronically')}</h2>
      <p className="mt-1 flex items-center gap-2 text-[0.9375rem] leading-6">
        <CircleCheck aria-hidden="true" className="size-5 shrink-0 text-positive" />
        {text('You agreed to receive Jiko’s documents electronically.')}
      </p>
    </section>
  )
}

/** The consents to the groups. Jiko may publish newer documents meanwhile. */
function useConsents(version: string, reload: () => Promise<unknown>) {
  const router = useRouter()
  const refresh = useRefresh()
  const [agreed, setAgreed] = useState<string[]>([])
  const submission = useSubmit(async () => {
    try {
      await apiSend(PATH, { version, agreed })
    } catch (thrown) {
      if (isApiError(thrown) && thrown.code === 'conflict') {
        setAgreed([])
        await reload()
      }
      throw thrown
    }
    return () => {
      router.push('/onboarding/check')
      void refresh()
    }
  })
  const toggle = (category: string, on: boolean) =>
    setAgreed((before) => [...before.filter((c) => c !== category), ...(on ? [category] : [])])
  return { agreed, toggle, ...submission }
}

/** One consent for each group of documents, after the consent to electronic documents. */
function GroupConsents({
  agreements,
  reload
}: {
  agreements: AgreementsResponse
  reload: () => Promise<unknown>
}) {
  const text = useText('onboarding')
  const { agreed, toggle, busy, errors, failure, attempt, submit } = useConsents(
    agreements.version,
    reload
  )
  const heading = useFocusWhen(agreements.esign.agreed)
  const groups = categoriesOf(agreements.documents).filter((c) => c !== ESIGN_CATEGORY)
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
      <h2 ref={heading} tabIndex={-1} className="font-medium outline-none">
        {text('2. Agree to the documents')}
      </h2>
      {agreements.esign.agreed ? (
        <>
          {groups.map((category) => (
            <AgreementGroup
              key={category}
              category={category}
              documents={agreements.documents.filter((d) => d.category === category)}
              agreed={agreed.includes(category)}
              onAgree={(on) => toggle(category, on)}
              error={errors[category]}
            />
          ))}
          <p className="mt-5 text-muted text-sm">
            {text.rich('Version {version}, released <date></date>', {
              version: agreements.version,
              date: () => <DateText key="date" date={agreements.releasedOn} />
            })}
          </p>
          <Button type="submit" busy={busy} className="mt-5 min-w-36 max-sm:w-full">
            {busy ? text('Saving') : text('Continue')}
          </Button>
        </>
      ) : (
        <p className="mt-1 text-[0.9375rem] text-muted leading-6">
          {text('Jiko’s documents appear here once you agree to receive them electronically.')}
        </p>
      )}
    </form>
  )
}

/** Moves the focus to an element when `on` becomes true while the page is open. */
function useFocusWhen(on: boolean) {
  const element = useRef<HTMLHeadingElement>(null)
  const before = useRef(on)
  useEffect(() => {
    if (on && !before.current) element.current?.focus()
    before.current = on
  }, [on])
  return element
}
