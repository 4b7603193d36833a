/** Controls that break or repair an Item. */
import { z } from 'zod'
import { addItemAction } from '@/sandbox/plaid/control-items'
import { isKnownCode, PlaidApiError } from '@/sandbox/plaid/errors'
import type { Plaid } from '@/sandbox/plaid/records'
import { breakItem } from '@/sandbox/plaid/routes/sandbox'
import { ingest } from '@/sandbox/plaid/transactions/ingestion'
import { sendForItem, webhookError } from '@/sandbox/plaid/webhooks'

export function addItemHealthControls(plaid: Plaid): void {
  addItemAction(
    plaid,
    'reset-login',
    z.strictObject({ code: z.string().default('ITEM_LOGIN_REQUIRED') }),
    (item, { code }) => {
      if (!isKnownCode(code)) throw new PlaidApiError('INVALID_FIELD', `unknown code ${code}`)
      breakItem(plaid, item, code)
      return {}
    }
  )
  addItemAction(plaid, 'repair', z.strictObject({}), (item) => {
    const healed = plaid.items.put({ ...item, error: null })
    sendForItem(plaid, healed, 'ITEM', 'LOGIN_REPAIRED')
    ingest(plaid, item.id)
    return {}
  })
  addItemAction(plaid, 'revoke', z.strictObject({}), (item) => {
    const revoked = plaid.items.put({ ...item, error: 'USER_PERMISSION_REVOKED' })
    sendForItem(plaid, revoked, 'ITEM', 'USER_PERMISSION_REVOKED', {
      error: webhookError('USER_PERMISSION_REVOKED')
    })
    return {}
  })
  addItemAction(
    plaid,
    'expire',
    z.strictObject({ days: z.number().default(7) }),
    (item, { days }) => {
      const consentExpiresAt = new Date(
        plaid.sandbox.clock.now().getTime() + days * 86_400_000
      ).toISOString()
      sendForItem(
        plaid,
        plaid.items.put({ ...item, consentExpiresAt }),
        'ITEM',
        'PENDING_EXPIRATION',
        { consent_expiration_time: consentExpiresAt }
      )
      return {}
    }
  )
}
