/**
 * The life of a transfer: review, network, settlement, returns. Planned at creation and followed by
 * the emulator's clock.
 */

import { bookTransaction } from '@/sandbox/jiko/account/transactions'
import { getPocket, type Jiko, type Origination, type OriginationStep } from '@/sandbox/jiko/state'
import { settlementSchedule } from '@/sandbox/jiko/transfers/settlement-windows'
import { emit } from '@/sandbox/jiko/webhooks/events'

export const ACH_RULES = [
  'A transfer settles two business days after it was sent, by this emulator’s clock: advance the clock, or settle it at once.',
  'The cents of the amount decide: .01, .02, .03 and .09 are returned as R01, R02, R03, R09 before they settle; .10 is returned as R10 a week after; .90 is rejected, .91 cancelled.'
]

const RETURNS: Record<number, string> = { 1: 'R01', 2: 'R02', 3: 'R03', 9: 'R09' }
const LATE_RETURN = 10
const REJECTED = 90
const CANCELLED = 91
/** On purpose in no published list of statuses. */
const UNLISTED_STATUS = 'IN_REVIEW'
const FAILED_STATUSES = ['FAILED', 'REJECTED', 'CANCELLED']

/** The planned steps of a new transfer. */
export function planTransfer(jiko: Jiko, pull: boolean, cents: number): OriginationStep[] {
  const now = jiko.now().getTime()
  const { sentAt, returnAt, settledAt, lateReturnAt } = settlementSchedule(pull, cents, now)
  const reviewed = now + jiko.options.decisionDelay
  const review = jiko.switches.get().unknownTransferStatus
    ? [{ at: reviewed, status: UNLISTED_STATUS }]
    : []
  const ending = cents % 100
  if (ending === REJECTED) return [...review, { at: reviewed, status: 'REJECTED' }]
  if (ending === CANCELLED) return [...review, { at: reviewed, status: 'CANCELLED' }]
  const sent = [
    ...review,
    { at: reviewed, status: 'APPROVED' },
    { at: Math.max(reviewed, sentAt), status: 'IN_TRANSIT' }
  ]
  const code = RETURNS[ending]
  if (code) return [...sent, { at: returnAt, status: jiko.switches.get().returnWord, code }]
  const settled = [...sent, { at: settledAt, status: 'PROCESSED' }]
  return ending === LATE_RETURN
    ? [...settled, { at: lateReturnAt, status: jiko.switches.get().returnWord, code: 'R10' }]
    : settled
}

/** Creates a transfer. Money going out leaves the pocket at once. */
export function startTransfer(jiko: Jiko, origination: Origination): Origination {
  jiko.records.originations.put(origination)
  if (origination.direction === 'CREDIT')
    bookTransferMoney(jiko, origination, -origination.cents, 'Transfer to your bank')
  return origination
}

/** Runs the planned steps of all transfers up to now, in order of time. */
export function settleTransfers(jiko: Jiko): void {
  const now = jiko.now().getTime()
  for (const { id, steps } of jiko.records.originations.filter(
    (one) => (one.steps[0]?.at ?? Number.POSITIVE_INFINITY) <= now
  ))
    for (const step of steps.filter(({ at }) => at <= now)) advanceTransfer(jiko, id, step)
}

/** Runs one step and removes it from the plan; a final status clears the plan. */
export function advanceTransfer(
  jiko: Jiko,
  id: string,
  { status, code }: Omit<OriginationStep, 'at'>
): Origination | undefined {
  const before = jiko.records.originations.get(id)
  if (!before || FAILED_STATUSES.includes(before.status) || before.status === status) return before
  const wrong = FAILED_STATUSES.includes(status)
  const at = before.steps.findIndex((step) => step.status === status)
  const later =
    at < 0
      ? before.steps.filter((step) => FAILED_STATUSES.includes(step.status))
      : before.steps.slice(at + 1)
  const steps = wrong ? [] : later
  const given = code && jiko.switches.get().returnReason === 'code' ? code : null
  const after = jiko.records.originations.put({ ...before, status, steps, return_code: given })
  const pull = after.direction === 'DEBIT'
  if (pull && status === 'PROCESSED')
    bookTransferMoney(jiko, after, after.cents, 'Transfer from your bank')
  if (wrong && pull && before.status === 'PROCESSED')
    bookTransferMoney(jiko, after, -after.cents, 'Returned transfer')
  if (wrong && !pull) bookTransferMoney(jiko, after, after.cents, 'Returned transfer')
  emitTransferEvent(jiko, after, wrong)
  return after
}

const bookTransferMoney = (
  jiko: Jiko,
  { jiko_account_id, company_entry_description }: Origination,
  cents: number,
  title: string
) =>
  bookTransaction(jiko, getPocket(jiko, jiko_account_id), cents, {
    title,
    description: `ACH ${company_entry_description}`,
    settlesAt: jiko.now().getTime()
  })

/**
 * Payloads name the account only. It is not documented whether money that we pull in has an event.
 */
function emitTransferEvent(
  jiko: Jiko,
  { direction, status, jiko_account_id }: Origination,
  wrong: boolean
): void {
  if (!wrong && status !== 'PROCESSED') return
  if (direction === 'DEBIT' && jiko.switches.get().pullEvents === 'none') return
  emit(
    jiko,
    `transfers.ach.${direction === 'DEBIT' ? 'in' : 'out'}.${wrong ? 'rejected' : 'success'}`,
    { jiko_account_id }
  )
}
