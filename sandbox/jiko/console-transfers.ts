/** Controls for transfers, bank verification and the clock. */
import { z } from 'zod'
import { JikoApiError } from '@/sandbox/jiko/errors'
import type { ConsoleAction } from '@/sandbox/jiko/state'
import { type Jiko, type Origination, usd } from '@/sandbox/jiko/state'
import { advanceTransfer } from '@/sandbox/jiko/transfers/ach-lifecycle'

const Step = z.strictObject({
  status: z.enum(['APPROVED', 'IN_TRANSIT', 'PROCESSED', 'FAILED', 'REJECTED', 'CANCELLED']),
  code: z.string().max(4).optional()
})

export function addTransferControls(jiko: Jiko): void {
  jiko.sandbox.control.post('/transfers/:id/move', async (c) => {
    const { status, code } = Step.parse(await c.req.json())
    const moved = advanceTransfer(jiko, c.req.param('id'), { status, ...(code ? { code } : {}) })
    if (!moved) throw new JikoApiError(404, 'no such transfer')
    return c.json({ status: moved.status })
  })
}

export function showTransfer({ id, direction, cents, status, return_code, steps }: Origination) {
  const to = (label: string, body: z.infer<typeof Step>): ConsoleAction => ({
    label,
    method: 'POST',
    path: `/_sandbox/transfers/${id}/move`,
    body
  })
  const open = !['FAILED', 'REJECTED', 'CANCELLED'].includes(status)
  const next = steps[0]
    ? `, ${steps[0].status} at ${new Date(steps[0].at).toISOString().slice(0, 16)}`
    : ''
  return {
    id,
    label: `Transfer of ${usd(cents).formatted} ${direction === 'DEBIT' ? 'in' : 'out'}`,
    state: `${status}${return_code ? ` ${return_code}` : ''}${next}`,
    actions: open
      ? [
          ...(status === 'PROCESSED'
            ? []
            : [to('Settle now', { status: 'PROCESSED' }), to('Reject', { status: 'REJECTED' })]),
          to('Return: R01', { status: 'FAILED', code: 'R01' })
        ]
      : []
  }
}

const DAY = 86_400_000
export const timeActions: ConsoleAction[] = [
  { label: 'Advance one day', method: 'POST', path: '/_sandbox/clock', body: { advance: DAY } },
  {
    label: 'Advance five days',
    method: 'POST',
    path: '/_sandbox/clock',
    body: { advance: 5 * DAY }
  }
]
