import { describe, expect, it } from 'vitest'
import { MESSAGE_KINDS, type MessageData, type MessageKind } from '@/lib/domain/messages/message'
import {
  canBeDisputed,
  emailGroupOf,
  messageAmounts,
  messageLink,
  messageText
} from '@/lib/domain/messages/message-rules'
import { textIn } from '@/lib/domain/text/catalogs'

/** The data that changes a message's wording. */
const VARIANTS: Partial<Record<MessageKind, MessageData[]>> = {
  new_device: [{}, { device: 'Firefox on Windows' }],
  counterparty_added: [{}, { bank: 'First Platypus Bank' }],
  transfer_sent: [{ direction: 'in' }, { direction: 'out', bank: 'First Platypus Bank' }],
  transfer_returned: [{ direction: 'in' }, { direction: 'out', bank: 'First Platypus Bank' }],
  data_exported: [{ what: 'everything' }, { what: 'transactions' }],
  deletion_started: [{ by: 'user' }, { by: 'admin' }],
  bank_sign_in: [{}, { bank: 'First Platypus Bank' }],
  deposit_arrived: [{ bank: 'First Platypus Bank' }],
  large_payment: [{ bank: 'First Platypus Bank' }],
  low_balance: [{ bank: 'First Platypus Bank' }],
  bill_due: [{ bank: 'First Platypus Bank' }]
}

const lines = MESSAGE_KINDS.flatMap((kind) =>
  (VARIANTS[kind] ?? [{}]).map((data) => {
    const { title, text } = messageText({ kind, data }, textIn('en'))
    return `${kind} ${JSON.stringify(data)}\n  ${title}\n  ${text}\n`
  })
)

describe('messages', () => {
  it('say exactly the recorded words: a changed one shows here', async () => {
    await expect(lines.join('')).toMatchFileSnapshot('./recorded/messages.txt')
  })

  it('can be disputed by locking transfers, except what Pangea or a bank caused', () => {
    expect(MESSAGE_KINDS.filter(canBeDisputed)).toEqual([
      'new_device',
      'second_factor_removed',
      'email_changed',
      'counterparty_added',
      'transfer_sent',
      'numbers_revealed',
      'data_exported',
      'deletion_started'
    ])
  })

  it('about the safety of money and data are always mailed, the others with a switch', () => {
    expect(MESSAGE_KINDS.filter((kind) => emailGroupOf(kind) !== null)).toEqual([
      'application_approved',
      'application_refused',
      'documents_needed',
      'ssn_needed',
      'draft_waiting',
      'bank_sign_in',
      'deposit_arrived',
      'large_payment',
      'low_balance',
      'bill_due',
      'weekly_summary'
    ])
  })

  it('have amounts beside the text, under the name of a payee or account where there is one', () => {
    const money = { minor: '-120000', currency: 'USD' }
    const amounts = [
      { label: 'amount' as const, name: 'ACME LANDSCAPING', ...money },
      { label: 'available' as const, name: null, ...money }
    ]
    expect(messageAmounts({ amounts }, textIn('en'))).toEqual([
      { label: 'Acme Landscaping', amount: { minor: -120_000n, currency: 'USD' } },
      { label: 'Available', amount: { minor: -120_000n, currency: 'USD' } }
    ])
    expect(messageAmounts({}, textIn('en'))).toEqual([])
    for (const kind of MESSAGE_KINDS)
      expect(
        Object.values(messageText({ kind, data: { amounts } }, textIn('en'))).join(' ')
      ).not.toMatch(/\d/)
  })

  it('lead nowhere once they are over', () => {
    expect(messageLink({ kind: 'documents_needed', overAt: null })?.href).toBe('/onboarding')
    expect(messageLink({ kind: 'documents_needed', overAt: '2026-11-29T10:00:00Z' })).toBeNull()
    expect(messageLink({ kind: 'new_device', overAt: null })).toBeNull()
  })
})
