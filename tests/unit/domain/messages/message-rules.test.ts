import { describe, expect, test } from 'vitest'
import { MESSAGE_KINDS, type MessageKind } from '@/lib/domain/messages/message'
import {
  emailDelayOf,
  emailGroupOf,
  messageAmounts,
  messageLink
} from '@/lib/domain/messages/message-rules'
import { textIn } from '@/lib/domain/text/catalogs'

const MINUTE_MS = 60_000

/** Where a message leads, the switch of its e-mail, and how long that waits. */
const TABLE: [MessageKind, href: string, label: string, group: string, delay: number | null][] = [
  ['application_approved', '/account', 'Go to your account', 'application', 0],
  ['application_refused', '/onboarding', 'Read more', 'application', 0],
  ['documents_needed', '/onboarding', 'Send documents', 'application', 0],
  ['ssn_needed', '/onboarding', 'Send the application', 'application', 15 * MINUTE_MS],
  ['draft_waiting', '/onboarding', 'Continue', 'application', 0],
  ['bank_sign_in', '/connections', 'Sign in again', 'banks', null],
  ['deposit_arrived', '/account', 'Go to your account', 'deposits', 0],
  ['large_payment', '/transactions', 'See your transactions', 'balances', 0],
  ['low_balance', '/connections', 'See your accounts', 'balances', 0],
  ['bill_due', '/dashboard', 'See what is coming up', 'bills', 0],
  ['weekly_summary', '/transactions', 'See your transactions', 'summary', 0]
]

describe('a message', () => {
  test.each(TABLE)('about %s leads to %s until it is over', (kind, href, label, group, delay) => {
    expect(messageLink({ kind, overAt: null })).toEqual({ href, label })
    expect(messageLink({ kind, overAt: new Date(0).toISOString() })).toBeNull()
    expect([emailGroupOf(kind), emailDelayOf(kind)]).toEqual([group, delay])
  })

  test('about safety is always mailed, at once', () => {
    const others = MESSAGE_KINDS.filter((kind) => !TABLE.some(([listed]) => listed === kind))
    expect(others.length).toBeGreaterThan(5)
    for (const kind of others) expect([emailGroupOf(kind), emailDelayOf(kind)]).toEqual([null, 0])
  })

  test('of a newer version is mailed and leads nowhere', () => {
    const kind = 'not_known_yet' as MessageKind
    expect(messageLink({ kind, overAt: null })).toBeNull()
    expect([emailGroupOf(kind), emailDelayOf(kind)]).toEqual([null, 0])
  })

  test('names its amounts', () => {
    const labels = ['amount', 'available', 'minimum', 'in', 'out'] as const
    const amounts = labels.map((label) => ({ label, minor: '5', currency: 'USD' }))
    expect(messageAmounts({ amounts }, textIn('en'))).toEqual(
      ['Amount', 'Available', 'Minimum payment', 'Money in', 'Money out'].map((label) => ({
        label,
        amount: { minor: 5n, currency: 'USD' }
      }))
    )
  })
})
