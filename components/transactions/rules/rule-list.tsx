'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import useSWR from 'swr'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { RuleForm } from '@/components/transactions/rules/rule-form'
import { actionLabels, conditionLabel } from '@/components/transactions/rules/rule-labels'
import { Button } from '@/components/ui/button'
import { Card, EmptyState } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { LinkedAccountResponse, PageResponse } from '@/lib/api/responses'
import type { RuleDraft, RuleResponse, SavedRuleResponse } from '@/lib/api/transaction-edits'

type Props = {
  initial: PageResponse<RuleResponse>
  accounts: LinkedAccountResponse[]
  draft: RuleDraft | null
}

/** The rules, which of them is edited, and what was done last. */
function useRuleList(initial: Props['initial'], draft: RuleDraft | null) {
  const { data = initial, mutate } = useSWR<PageResponse<RuleResponse>>('/api/v1/rules', {
    fallbackData: initial
  })
  const router = useRouter()
  const text = useText('transactions')
  const [editing, setEditing] = useState<string | null>(draft ? 'new' : null)
  const [message, setMessage] = useState('')
  const edit = (id: string) => {
    setMessage('')
    setEditing(id)
  }
  const onSaved = ({ matched }: SavedRuleResponse) => {
    setMessage(
      matched === 0
        ? text('Saved. No transactions match it yet.')
        : text(
            '{count, plural, one {Saved. It applies to # transaction.} other {Saved. It applies to # transactions.}}',
            { count: matched }
          )
    )
    setEditing(null)
    void mutate()
    if (draft) router.replace('/transactions/rules')
  }
  const onDeleted = () => {
    setMessage(text('Deleted. Its changes were undone.'))
    void mutate()
  }
  const cancel = () => setEditing(null)
  return { rules: data.items, editing, message, edit, cancel, onSaved, onDeleted }
}

/** The user's rules, newest first, each with an edit form, and a form for a new one. */
export function RuleList({ initial, accounts, draft }: Props) {
  const text = useText('transactions')
  const { rules, editing, message, edit, cancel, onSaved, onDeleted } = useRuleList(initial, draft)
  const form = { accounts, onSaved, onCancel: cancel }
  return (
    <>
      <p role="status" className="mt-4 font-medium text-accent empty:hidden">
        {message}
      </p>
      <section id="new" aria-label={text('New rule')} className="mt-6">
        {editing === 'new' ? (
          <RuleForm rule={null} draft={draft} {...form} />
        ) : (
          <Button onClick={() => edit('new')}>{text('New rule')}</Button>
        )}
      </section>
      {rules.length === 0 && editing !== 'new' && (
        <Card className="mt-5">
          <EmptyState title={text('No rules yet')}>
            {text('Create one here, or open a transaction and choose “Always do this”.')}
          </EmptyState>
        </Card>
      )}
      <ul aria-label={text('Your rules')} className="mt-5 space-y-3">
        {rules.map((rule) => (
          <li key={rule.id}>
            {editing === rule.id ? (
              <RuleForm rule={rule} draft={null} {...form} />
            ) : (
              <RuleCard
                rule={rule}
                accounts={accounts}
                onEdit={() => edit(rule.id)}
                onDeleted={onDeleted}
              />
            )}
          </li>
        ))}
      </ul>
      {rules.length > 1 && (
        <p className="mt-4 text-muted text-sm">
          {text('If two rules conflict, the higher one wins.')}
        </p>
      )}
    </>
  )
}

type CardProps = {
  rule: RuleResponse
  accounts: LinkedAccountResponse[]
  onEdit: () => void
  onDeleted: () => void
}

function RuleCard({ rule, accounts, onEdit, onDeleted }: CardProps) {
  const text = useText('transactions')
  const { busy, failure, mutate } = useMutation(async () => {
    await apiSend(`/api/v1/rules/${rule.id}`, {}, 'DELETE')
    onDeleted()
  })
  const when = conditionLabel(rule, accounts, text)
  return (
    <Card className="px-5 py-4 sm:px-6">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="break-words font-medium">{when}</h2>
          <p className="break-words text-muted text-sm">{actionLabels(rule, text).join(' · ')}</p>
        </div>
        <RuleActions when={when} busy={busy} onEdit={onEdit} onDelete={() => void mutate()} />
      </div>
      {failure && (
        <Notice tone="bad" live className="mt-3">
          {failure}
        </Notice>
      )}
    </Card>
  )
}

type RuleActionsProps = {
  when: string
  busy: boolean
  onEdit: () => void
  onDelete: () => void
}

function RuleActions({ when, busy, onEdit, onDelete }: RuleActionsProps) {
  const text = useText('transactions')
  const [isConfirming, setIsConfirming] = useState(false)
  const ofRule = <span className="sr-only">: {when}</span>
  if (isConfirming)
    return (
      <div className="flex gap-1">
        <Button variant="quiet" onClick={() => setIsConfirming(false)}>
          {text('Keep it')}
        </Button>
        <Button
          className="bg-danger text-surface hover:bg-danger/90"
          busy={busy}
          onClick={onDelete}
        >
          {busy ? text('Deleting') : text('Delete')}
          {ofRule}
        </Button>
      </div>
    )
  return (
    <div className="flex gap-1">
      <Button variant="bare" onClick={onEdit}>
        {text('Edit')}
        {ofRule}
      </Button>
      <Button
        variant="bare"
        className="text-danger hover:bg-danger-soft"
        onClick={() => setIsConfirming(true)}
      >
        {text('Delete')}
        {ofRule}
      </Button>
    </div>
  )
}
