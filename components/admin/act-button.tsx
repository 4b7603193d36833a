'use client'

import { useRouter } from 'next/navigation'
import { useId, useRef, useState } from 'react'
import { change } from '../api'
import { FieldError } from '../forms/field-message'
import { CONTROL, describedBy, edge, fieldId } from '../forms/fields'
import { useSubmit } from '../forms/use-submit'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { useProof } from '../use-proof'

type Act = { path: string; method?: 'POST' | 'DELETE'; body?: object }
type Props = { act: Act; label: string; about?: string; title: string; text: string; danger?: boolean }

/** Does something in the name of the house: asks for a reason first, which the audit log keeps. */
export function ActButton({ act, label, about, title, text, danger = false }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const name = `reason-${useId()}`
  const router = useRouter()
  const [reason, setReason] = useState('')
  const send = useProof((given: string) => change(act.path, { ...act.body, reason: given }, act.method))
  const { busy, errors, failure, submit } = useSubmit(async () => {
    // Clerk's own dialog, should it ask for a proof, must not stand behind ours.
    dialog.current?.close()
    try {
      await send(reason)
    } catch (thrown) {
      dialog.current?.showModal()
      throw thrown
    }
    setReason('')
    router.refresh()
  })
  return (
    <>
      <Button
        look={danger ? 'bare' : 'quiet'}
        className={danger ? 'text-danger hover:bg-danger-soft' : 'min-h-10 px-4 py-1.5'}
        busy={busy}
        onClick={() => dialog.current?.showModal()}
      >
        {label}
        {about && <span className="sr-only">: {about}</span>}
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={heading}
        className="m-auto w-[min(30rem,calc(100vw-2rem))] rounded-card border border-line bg-raised p-6 text-left text-ink shadow-xl backdrop:bg-black/45"
      >
        <form onSubmit={submit} noValidate>
          <h2 id={heading} className="font-semibold text-xl tracking-[-0.01em]">
            {title}
          </h2>
          <p className="mt-2 text-muted">{text}</p>
          <div className="mt-5" data-field>
            <label htmlFor={fieldId(name)} className="font-medium text-[0.9375rem]">
              Why
            </label>
            <FieldError name={name} error={errors.reason} />
            <textarea
              id={fieldId(name)}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              rows={3}
              maxLength={300}
              aria-invalid={errors.reason ? true : undefined}
              aria-describedby={describedBy(name, { hint: false, error: Boolean(errors.reason) })}
              className={`${CONTROL} ${edge(errors.reason)} mt-1.5 w-full`}
            />
          </div>
          {failure && (
            <Notice tone="bad" live className="mt-4">
              {failure}
            </Notice>
          )}
          <div className="mt-6 flex flex-wrap justify-end gap-2">
            <Button look="quiet" onClick={() => dialog.current?.close()}>
              Cancel
            </Button>
            <Button type="submit" busy={busy} className={danger ? 'bg-danger text-surface hover:bg-danger/90' : undefined}>
              {label}
            </Button>
          </div>
        </form>
      </dialog>
    </>
  )
}
