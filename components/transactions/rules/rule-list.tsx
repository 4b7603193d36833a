'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import useSWR from 'swr'
import { apiSend } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { RuleForm } from '@/components/transactions/rules/rule-form'
import { actionLabels, conditionLabel } from '@/components/transactions/rules/rule-labels'
import { Button } from '@/components/ui/button'
import { Card, EmptyState } from '@/components/ui/card'
import { useFormatting } from '@/components/ui/formatting'
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
  const { counted } = useFormatting()
  const [editing, setEditing] = useState<string | null>(draft ? 'new' : null)
  const [message, setMessage] = useState('')
  const edit = (id: string) => {
    setMessage('')
    setEditing(id)
  }
  const onSaved = ({ matched }: SavedRuleResponse) => {
    setMessage(
      matched === 0
        ? 'Saved. No transactions match it yet.'
        : `Saved. It applies to ${counted(matched, 'transaction')}.`
    )
    setEditing(null)
    void mutate()
    if (draft) router.replace('/transactions/rules')
  }
  const onDeleted = () => {
    setMessage('Deleted. Its changes were undone.')
    void mutate()
  }
  const cancel = () => setEditing(null)
  return { rules: data.items, editing, message, edit, cancel, onSaved, onDeleted }
}

/** The user's rules, newest first, each with an edit form, and a form for a new one. */
export function RuleList({ initial, accounts, draft }: Props) {
  const { rules, editing, message, edit, cancel, onSaved, onDeleted } = useRuleList(initial, draft)
  const form = { accounts, onSaved, onCancel: cancel }
  return (
    <>
      <p role="status" className="mt-4 font-medium text-accent empty:hidden">
        {message}
      </p>
      <section id="new" aria-label="New rule" className="mt-6">
        {editing === 'new' ? (
          <RuleForm rule={null} draft={draft} {...form} />
        ) : (
          <Button onClick={() => edit('new')}>New rule</Button>
        )}
      </section>
      {rules.length === 0 && editing !== 'new' && (
        <Card className="mt-5">
          <EmptyState title="No rules yet">
            Create one here, or open a transaction and choose “Always do this”.
          </EmptyState>
        </Card>
      )}
      <ul aria-label="Your rules" className="mt-5 space-y-3">
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
        <p className="mt-4 text-muted text-sm">If two rules conflict, the higher one wins.</p>
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
  const [isConfirming, setIsConfirming] = useState(false)
  const { busy, failure, mutate } = useMutation(async () => {
    await apiSend(`/api/v1/rules/${rule.id}`, {}, 'DELETE')
    onDeleted()
  })
  const when = conditionLabel(rule, accounts)
  return (
    <Card className="px-5 py-4 sm:px-6">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="break-words font-medium">{when}</h2>
          <p className="break-words text-muted text-sm">{actionLabels(rule).join(' · ')}</p>
        </div>
        <div className="flex gap-1">
          {isConfirming ? (
            <>
              <Button variant="quiet" onClick={() => setIsConfirming(false)}>
                Keep it
              </Button>
              <Button
                className="bg-danger text-surface hover:bg-danger/90"
                busy={busy}
                onClick={() => void mutate()}
              >
                {busy ? 'Deleting' : 'Delete'}
                <span className="sr-only">: {when}</span>
              </Button>
            </>
          ) : (
            <>
              <Button variant="bare" onClick={onEdit}>
                Edit<span className="sr-only">: {when}</span>
              </Button>
              <Button
                variant="bare"
                className="text-danger hover:bg-danger-soft"
                onClick={() => setIsConfirming(true)}
              >
                Delete<span className="sr-only">: {when}</span>
              </Button>
            </>
          )}
        </div>
      </div>
      {failure && (
        <Notice tone="bad" live className="mt-3">
          {failure}
        </Notice>
      )}
    </Card>
  )
}
