'use client'

import { useId, useState } from 'react'
import { apiSend } from '@/components/lib/api'
import { useRefresh } from '@/components/lib/use-refresh'
import { useWithReverification } from '@/components/lib/use-reverification'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFooter } from '@/components/ui/dialog'
import { TextInput } from '@/components/ui/forms/text-input'
import { useSubmit } from '@/components/ui/forms/use-submit'

type Action = { path: string; method?: 'POST' | 'DELETE'; body?: object }
type Props = {
  action: Action
  label: string
  subject?: string
  title: string
  text: string
  danger?: boolean
}

function useAction(action: Action) {
  const [open, setOpen] = useState(false)
  const refresh = useRefresh()
  const [reason, setReason] = useState('')
  const runAction = useWithReverification((reasonText: string) =>
    apiSend(action.path, { ...action.body, reason: reasonText }, action.method)
  )
  const submission = useSubmit(async () => {
    // Closed first: Clerk's reverification dialog must not be behind ours.
    setOpen(false)
    try {
      await runAction(reason)
    } catch (thrown) {
      setOpen(true)
      throw thrown
    }
    setReason('')
    await refresh()
  })
  return { open, setOpen, reason, setReason, ...submission }
}

/** An admin action: asks for a reason, which is kept in the audit log. */
export function ActionButton({ action, label, subject, title, text, danger = false }: Props) {
  const name = `reason-${useId()}`
  const { open, setOpen, reason, setReason, busy, errors, failure, submit } = useAction(action)
  return (
    <>
      <Button
        variant={danger ? 'bare' : 'quiet'}
        className={danger ? 'text-danger hover:bg-danger-soft' : 'min-h-10 px-4 py-1.5'}
        busy={busy}
        onClick={() => setOpen(true)}
      >
        {label}
        {subject && <span className="sr-only">: {subject}</span>}
      </Button>
      {open && (
        <Dialog title={title} onClose={() => setOpen(false)}>
          <form onSubmit={submit} noValidate>
            <p className="mt-2 text-muted">{text}</p>
            <div className="mt-5">
              <TextInput
                name={name}
                label="Reason"
                value={reason}
                onChange={setReason}
                lines={3}
                error={errors.reason}
              />
            </div>
            <DialogFooter failure={failure} onCancel={() => setOpen(false)}>
              <Button
                type="submit"
                busy={busy}
                className={danger ? 'bg-danger text-surface hover:bg-danger/90' : undefined}
              >
                {label}
              </Button>
            </DialogFooter>
          </form>
        </Dialog>
      )}
    </>
  )
}
