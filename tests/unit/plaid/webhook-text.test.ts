import { expect, it } from 'vitest'
import * as clerk from '@/lib/services/clerk/webhook'
import * as jiko from '@/lib/services/jiko/webhook'
import * as plaid from '@/lib/services/plaid/webhook'

const bytes = (body: object) => new TextEncoder().encode(JSON.stringify(body))

it('sanitises every vendor’s webhook before it is stored, and refuses an empty one', () => {
  const at = new Date().toISOString()
  expect(
    clerk.parseWebhook(bytes({ type: 'user.created\0', data: { id: 'user_1\0' } }))
  ).toMatchObject({ type: 'user.created', vendorObjectId: 'user_1' })
  expect(clerk.parseWebhook(bytes({ type: '\0', data: { id: 'user_1' } }))).toBeNull()
  expect(
    jiko.parseWebhook(bytes({ event_id: 'e1', event_type: 'card.made\0', timestamp: at }))
  ).toMatchObject({ type: 'card.made' })
  expect(
    plaid.parseWebhook(
      bytes({
        webhook_type: 'ITEM\0',
        webhook_code: 'ERROR\0',
        item_id: 'i1',
        error: { error_code: 'ITEM_LOCKED\0' }
      })
    )
  ).toMatchObject({
    type: 'ITEM',
    code: 'ERROR',
    effects: [{ hint: { errorCode: 'ITEM_LOCKED' } }]
  })
})
