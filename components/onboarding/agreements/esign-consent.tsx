'use client'

import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { useText } from '#text'
import { apiSend, isApiError } from '@/components/lib/api'
import { DocumentLink } from '@/components/onboarding/agreements/agreement-documents'
import { Button } from '@/components/ui/button'
import { CheckboxField } from '@/components/ui/forms/choice-fields'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { TextField } from '@/components/ui/forms/text-field'
import { useSubmit } from '@/components/ui/forms/use-submit'
import type { AgreementsResponse } from '@/lib/api/responses'
import { ESIGN_CATEGORY } from '@/lib/domain/onboarding/application'

/**
 * The consent to electronic documents, before all others. The user shows that PDF files open: by
 * the link in a test page, on any device, or by its number.
 */
export function EsignConsent({
  agreements,
  reload
}: {
  agreements: AgreementsResponse
  reload: () => Promise<unknown>
}) {
  const text = useText('onboarding')
  const [agreed, setAgreed] = useState(false)
  const [shown, setShown] = useState('')
  const { busy, errors, failure, attempt, submit } = useSubmit(async () => {
    try {
      const body = { version: agreements.version, shown, agreed }
      await apiSend('/api/v1/application/agreements/esign', body)
    } catch (thrown) {
      if (isApiError(thrown) && thrown.code === 'conflict') {
        setAgreed(false)
        setShown('')
        await reload()
      }
      throw thrown
    }
    await reload()
  })
  const documents = agreements.documents.filter(({ category }) => category === ESIGN_CATEGORY)
  return (
    <form onSubmit={submit} noValidate>
      <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
      <h2 className="font-medium">{text('1. Receive documents electronically')}</h2>
      <p className="mt-1 mb-3 text-[0.9375rem] text-muted leading-6">
        {text(
          'Jiko sends its documents as PDF files. The law asks you to show that you can open one: open the test page and follow the link “I can read this”.'
        )}
      </p>
      <ul className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
        {agreements.testPage && (
          <DocumentLink href={agreements.testPage} title={text('Test page')} />
        )}
        {documents.map(({ title, url }) => (
          <DocumentLink key={url} href={url} title={title} lang="en" />
        ))}
      </ul>
      <Progress shown={agreements.esign.shown} />
      {!agreements.esign.shown && (
        <TextField
          name="shown"
          label={text('Or type the number on the test page')}
          value={shown}
          onChange={setShown}
          error={errors.shown}
          inputMode="numeric"
          autoComplete="off"
          width="short"
        />
      )}
      <div className="mt-4">
        <CheckboxField name="agreed" checked={agreed} onChange={setAgreed} error={errors.agreed}>
          {text(
            'I can open and keep PDF files, and I agree to receive Jiko’s documents electronically.'
          )}
        </CheckboxField>
      </div>
      <Button type="submit" busy={busy} className="mt-4 min-w-36 max-sm:w-full">
        {busy ? text('Saving') : text('Agree to electronic documents')}
      </Button>
    </form>
  )
}

/** Changes by itself when the link was followed, also on another device. */
function Progress({ shown }: { shown: boolean }) {
  const text = useText('onboarding')
  return (
    <p role="status" className="my-4 flex items-center gap-2 text-[0.9375rem] leading-6">
      {shown ? (
        <>
          <CircleCheck aria-hidden="true" className="size-5 shrink-0 text-positive" />
          {text('You showed that you can open PDF files.')}
        </>
      ) : (
        text('Waiting for you to follow the link in the test page.')
      )}
    </p>
  )
}
