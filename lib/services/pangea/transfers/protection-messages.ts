/** The messages for transfers that a limit for the user's protection stops. */
import 'server-only'
import { formatMoney } from '@/lib/domain/money/money'
import {
  NEW_COUNTERPARTY_LIMIT_MINOR,
  OTHER_OWNER_LIMIT_MINOR
} from '@/lib/domain/transfers/protection'
import type { Direction } from '@/lib/domain/transfers/settlement'
import { type DraftProblem, MIN_TRANSFER_MINOR } from '@/lib/domain/transfers/transfer'
import { now } from '@/lib/platform/clock'
import { RequestError } from '@/lib/platform/errors'
import type { DraftCheck } from '@/lib/services/data'

export type ProtectionProblem = Extract<
  DraftProblem,
  | 'locked'
  | 'new_counterparty'
  | 'new_counterparty_limit'
  | 'other_owner_limit'
  | 'too_often'
  | 'limit'
>
/** `field` is the form's field to change; null if no other input helps. */
type Protection = { message: string; field: 'bank' | 'amount' | null }
type About = { direction: Direction; currency: string }

export const LOCKED_MESSAGE =
  'Transfers are locked, because the link in one of our e-mails was used. Contact us to unlock them'

/** The remaining amount of today's limit. */
export const limitMessage = (left: bigint, { direction, currency }: About): string =>
  left < MIN_TRANSFER_MINOR
    ? `You have reached the limit for ${direction === 'in' ? 'adding' : 'withdrawing'} money in 24 hours. Try again tomorrow`
    : `Enter ${formatMoney({ minor: left, currency })} or less today`

/** "3 hours", rounded up; "20 minutes" within the last hour. */
function waitText(until: string): string {
  const minutes = Math.max(1, Math.ceil((Date.parse(until) - now().getTime()) / 60_000))
  const [count, unit] = minutes < 60 ? [minutes, 'minute'] : [Math.ceil(minutes / 60), 'hour']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** The message of a check that a protection failed; null for any other problem. */
export function protectionMessage(check: DraftCheck, about: About): Protection | null {
  switch (check.problem) {
    case 'locked':
      return {
        field: null,
        message: LOCKED_MESSAGE
      }
    case 'new_counterparty':
      return {
        field: 'bank',
        message: `This account was linked a short time ago. To protect you, it can receive money in ${waitText(check.withdrawableFrom ?? now().toISOString())}`
      }
    case 'new_counterparty_limit':
      return { field: 'amount', message: newCounterpartyMessage(check, about) }
    case 'other_owner_limit':
      return { field: 'amount', message: otherOwnerMessage(check, about) }
    case 'too_often':
      return {
        field: null,
        message: 'You have made many withdrawals in a short time. Wait a while before the next one'
      }
    case 'limit':
      return { field: 'amount', message: limitMessage(check.leftMinor, about) }
    default:
      return null
  }
}

function newCounterpartyMessage(
  { leftForNewMinor: left }: DraftCheck,
  { currency }: About
): string {
  const limit = formatMoney({ minor: NEW_COUNTERPARTY_LIMIT_MINOR, currency })
  return withRest(
    `Accounts linked in the last 7 days can receive ${limit} in 24 hours`,
    left,
    currency
  )
}

function otherOwnerMessage(
  { leftForOtherOwnerMinor: left }: DraftCheck,
  { currency }: About
): string {
  const limit = formatMoney({ minor: OTHER_OWNER_LIMIT_MINOR, currency })
  const rule = `Until a small deposit confirms this account, ${limit} can move each way in 24 hours`
  return withRest(rule, left, currency)
}

const withRest = (rule: string, left: bigint, currency: string): string =>
  left < MIN_TRANSFER_MINOR
    ? `${rule}. Try again tomorrow`
    : `${rule}. Enter ${formatMoney({ minor: left, currency })} or less`

/** @throws RequestError invalid by field, or conflict, where a protection stops the draft. */
export function throwProtection(check: DraftCheck, about: About): void {
  const found = protectionMessage(check, about)
  if (!found) return
  if (!found.field) throw new RequestError('conflict', `${found.message}. No money was moved.`)
  throw new RequestError('invalid', 'Please check the highlighted fields.', {
    fields: { [found.field]: found.message }
  })
}
