import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseWebhook } from '@/lib/services/jiko/webhook'
import { SUBSCRIBED_EVENTS } from '@/lib/services/jiko/webhook-subscription'
import { EVENT_TYPES } from '@/sandbox/jiko/webhooks/events'

const table = readFileSync('docs/contracts/jiko-webhooks.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| [a-z]+\./.test(line))
  .map((line) => {
    const [event = '', from = '', asked = '', effect = '', then = ''] = line
      .split('|')
      .slice(1, 6)
      .map((cell) => cell.trim())
    return { event, from, asked, effect, then }
  })

/** In the OpenAPI file of 2024 and not in the guide, which the emulator follows. */
const FROM_2024 = [
  'transfers.ach.out.sent',
  'card.transaction.on_hold',
  'card.transaction.reversed'
]

describe('the table of Jiko’s webhooks in the documents', () => {
  it('lists every documented event, once, and no other', () => {
    expect(table.map(({ event }) => event).sort()).toEqual([...EVENT_TYPES, ...FROM_2024].sort())
    expect(table.filter(({ from }) => from === '2024').map(({ event }) => event)).toEqual(FROM_2024)
  })

  it('marks the subscribed events: everything in the guide that has an effect', () => {
    const yes = table.filter(({ asked }) => asked === 'yes').map(({ event }) => event)
    expect(yes.sort()).toEqual([...SUBSCRIBED_EVENTS].sort())
    expect(yes).toEqual(
      table
        .filter(({ from, effect }) => from === 'guide' && effect !== 'ignore')
        .map(({ event }) => event)
        .sort()
    )
  })

  it.each(table)('$event: $effect', ({ event, effect, then }) => {
    const [application_id, pocket, other] = [randomUUID(), randomUUID(), randomUUID()]
    const payload = event.includes('on-us')
      ? { origin_account_id: pocket, destination_account_id: other }
      : { application_id, jiko_account_id: pocket }
    const body = {
      event_id: randomUUID(),
      event_type: event,
      timestamp: new Date().toISOString(),
      payload
    }
    const read = parseWebhook(Buffer.from(JSON.stringify(body)))
    const expected = {
      ignore: [{ kind: 'ignore', reason: then }],
      advance_onboarding: [{ kind: effect, jikoApplicationId: application_id }],
      refresh_account: [pocket, ...(event.includes('on-us') ? [other] : [])].map(
        (jikoPocketId) => ({ kind: effect, jikoPocketId })
      )
    }[effect]
    expect(read?.effects).toEqual(expected)
  })
})
