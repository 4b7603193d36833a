'use client'

import clsx from 'clsx'
import { Check, Circle, LoaderCircle } from 'lucide-react'
import useSWR from 'swr'
import { useText } from '#text'
import { apiGet } from '@/components/lib/api'
import { SupportContact } from '@/components/site/support-contact'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { DateTime } from '@/components/ui/formatting'
import { Notice } from '@/components/ui/notice'
import { STEP_LABELS, waitingReason } from '@/components/users/deletion-labels'
import type { DeletionResponse } from '@/lib/api/responses'

const POLL_INTERVAL_MS = 1_500

/** Progress of the deletion. Polls: without a login there is no stream. */
export function DeletionStatus({ initial }: { initial: DeletionResponse }) {
  const text = useText('users')
  const { data: deletion = initial, error } = useSWR<DeletionResponse>(
    `/api/v1/deletions/${initial.id}`,
    apiGet,
    {
      fallbackData: initial,
      refreshInterval: (latest) => (latest?.status === 'completed' ? 0 : POLL_INTERVAL_MS)
    }
  )
  const isCompleted = deletion.status === 'completed'
  return (
    <>
      <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
        {isCompleted ? text('Everything is deleted') : text('Deleting your data')}
      </h1>
      <p className="mt-2 text-muted leading-7">
        {isCompleted
          ? text(
              '{brand} no longer holds your data. Jiko keeps the account records that the law requires.'
            )
          : text(
              'You can close this page. The deletion continues, and this address shows its progress.'
            )}
      </p>
      <Card className="mt-7 px-5 py-2">
        <ol className="divide-y divide-line">
          {deletion.steps.map((step) => (
            <StepItem
              key={step.step}
              {...step}
              waiting={step.state === 'current' && deletion.waiting !== null}
            />
          ))}
        </ol>
      </Card>
      <div aria-live="polite" className="mt-5">
        {deletion.waiting && <WaitingNotice waiting={deletion.waiting} />}
        {error && !isCompleted && (
          <Notice tone="warn">
            {text('We cannot reach {brand} right now. The deletion goes on without this page.')}
          </Notice>
        )}
        {isCompleted && <p className="sr-only">{text('Everything is deleted.')}</p>}
      </div>
      {isCompleted && (
        <ButtonLink href="/" variant="quiet" className="mt-2">
          {text('Leave')}
        </ButtonLink>
      )}
    </>
  )
}

function WaitingNotice({ waiting }: { waiting: NonNullable<DeletionResponse['waiting']> }) {
  const text = useText('users')
  return (
    <Notice tone="warn" title={text('Waiting')}>
      {text(waitingReason(waiting))}{' '}
      {text.rich('We try again at <time></time>.', {
        time: () => <DateTime key="time" at={waiting.until} />
      })}
      <SupportContact />
    </Notice>
  )
}

const STEP_STYLES = {
  done: { icon: Check, ink: 'text-accent', label: 'Done' },
  current: { icon: LoaderCircle, ink: 'text-ink motion-safe:animate-spin', label: 'In progress' },
  waiting: { icon: Circle, ink: 'text-warn', label: 'Waiting' },
  ahead: { icon: Circle, ink: 'text-line-strong', label: 'Next' }
} as const

function StepItem({
  step,
  state,
  waiting
}: DeletionResponse['steps'][number] & { waiting: boolean }) {
  const text = useText('users')
  const { icon: Icon, ink, label } = STEP_STYLES[waiting ? 'waiting' : state]
  const { title, done, working } = STEP_LABELS[step]
  return (
    <li className="flex gap-3.5 py-3.5" aria-current={state === 'current' ? 'step' : undefined}>
      <Icon aria-hidden="true" className={clsx('mt-0.5 size-5 shrink-0', ink)} strokeWidth={2} />
      <div>
        <p className={clsx('font-medium', state === 'ahead' && 'text-muted')}>
          {text(title)}
          <span className="sr-only">: {text(label)}</span>
        </p>
        {state !== 'ahead' && (
          <p className="text-[0.9375rem] text-muted leading-6">
            {text(state === 'done' ? done : waiting ? 'Waiting.' : working)}
          </p>
        )}
      </div>
    </li>
  )
}
