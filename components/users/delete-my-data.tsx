'use client'

import { useState } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { useWithReverification } from '@/components/lib/use-reverification'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { TextField } from '@/components/ui/forms/text-field'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { Notice } from '@/components/ui/notice'
import type { DeletionResponse } from '@/lib/api/responses'
import { isLanguage } from '@/lib/domain/text/languages'
import { DELETION_PHRASES } from '@/lib/domain/users/deletion'

/** Deletes the account after the user typed the confirmation phrase. */
export function DeleteMyData() {
  const text = useText('users')
  const phrase = DELETION_PHRASES[isLanguage(text.language) ? text.language : 'en']
  const [confirmationText, setConfirmationText] = useState('')
  const [isNavigating, setIsNavigating] = useState(false)
  const requestDeletion = useWithReverification((confirmation: string) =>
    apiSend<DeletionResponse>('/api/v1/me', { confirmation }, 'DELETE')
  )
  const { busy, errors, failure, submit } = useSubmit(async () => {
    const { id } = await requestDeletion(confirmationText)
    setIsNavigating(true)
    location.assign(`/deletion/${id}`)
  })
  return (
    <Card labelledBy="delete-everything" className="p-5 sm:p-6">
      <h2 id="delete-everything" className="font-medium">
        {text('Delete everything')}
      </h2>
      <Consequences />
      <form className="mt-5" onSubmit={submit} noValidate>
        <TextField
          name="confirmation"
          label={text('To continue, type “{phrase}”', { phrase })}
          value={confirmationText}
          onChange={setConfirmationText}
          error={errors.confirmation}
          autoComplete="off"
          width="medium"
        />
        {failure && (
          <Notice tone="bad" live className="mt-4">
            {failure}
          </Notice>
        )}
        <Button
          type="submit"
          className="mt-4 bg-danger text-surface hover:bg-danger/90"
          busy={busy || isNavigating}
        >
          {text(busy || isNavigating ? 'Starting' : 'Delete everything')}
        </Button>
      </form>
    </Card>
  )
}

function Consequences() {
  const text = useText('users')
  return (
    <div className="mt-2 space-y-2 text-[0.9375rem] text-muted leading-7">
      <p>{text('This deletes your {brand} account in this order. It cannot be undone:')}</p>
      <ol className="list-decimal space-y-1 pl-5 marker:text-muted">
        <li>{text('Plaid’s access to every bank you linked ends.')}</li>
        <li>
          {text(
            'Your Jiko account is closed. It must be empty first. Jiko keeps the records that the law requires.'
          )}
        </li>
        <li>{text('Your answers, accounts, transactions, notes and settings are erased here.')}</li>
        <li>{text('Your login is removed.')}</li>
      </ol>
      <p>
        {text(
          'Your bank can return a deposit for up to 60 days. If that happens after the deletion, Jiko settles it with you. If you moved money in the last 61 days, {brand} keeps Jiko’s id of your closed account until then.'
        )}
      </p>
      <p>
        {text(
          'If you agreed to electronic documents, we keep the record of it for up to five years, as evidence. It contains no name, address or user ID.'
        )}
      </p>
    </div>
  )
}
