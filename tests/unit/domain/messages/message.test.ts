import { describe, expect, it } from 'vitest'
import {
  canBeDisputed,
  MESSAGE_KINDS,
  type MessageData,
  type MessageKind,
  messageText
} from '@/lib/domain/messages/message'

/** The data that changes a message's wording. */
const VARIANTS: Partial<Record<MessageKind, MessageData[]>> = {
  new_device: [{}, { device: 'Firefox on Windows' }],
  counterparty_added: [{}, { bank: 'First Platypus Bank' }],
  transfer_sent: [{ direction: 'in' }, { direction: 'out', bank: 'First Platypus Bank' }],
  transfer_returned: [{ direction: 'in' }, { direction: 'out', bank: 'First Platypus Bank' }],
  data_exported: [{ what: 'everything' }, { what: 'transactions' }],
  deletion_started: [{ by: 'user' }, { by: 'admin' }]
}

const lines = MESSAGE_KINDS.flatMap((kind) =>
  (VARIANTS[kind] ?? [{}]).map((data) => {
    const { title, text } = messageText({ kind, data })
    return `${kind} ${JSON.stringify(data)}\n  ${title}\n  ${text}\n`
  })
)

describe('messages', () => {
  it('say exactly the recorded words: a changed one shows here', async () => {
    await expect(lines.join('')).toMatchFileSnapshot('./recorded/messages.txt')
  })

  it('can be disputed by locking transfers, except what Pangea or a bank caused', () => {
    expect(MESSAGE_KINDS.filter((kind) => !canBeDisputed(kind))).toEqual([
      'transfer_returned',
      'transfers_locked',
      'transfers_unlocked'
    ])
  })
})
