/** The effects of verified webhooks. The body is a hint: every effect re-reads the vendor. */
import type { ItemStatus } from '@/lib/domain/connections/connection'

export const VENDORS = ['clerk', 'jiko', 'plaid'] as const
export type Vendor = (typeof VENDORS)[number]

export type WebhookEffect =
  | { kind: 'request_sync'; plaidItemId: string }
  | {
      kind: 'check_item'
      plaidItemId: string
      hint: {
        status: ItemStatus
        errorType: string | null
        errorCode: string | null
        until: string | null
      }
    }
  | { kind: 'offer_accounts'; plaidItemId: string }
  | { kind: 'check_account'; plaidItemId: string; plaidAccountId: string }
  | { kind: 'finish_hosted_link'; linkTokenHash: string }
  | { kind: 'advance_onboarding'; jikoApplicationId: string }
  | { kind: 'refresh_account'; jikoPocketId: string }
  | { kind: 'update_user'; userId: string }
  | { kind: 'erase_user'; userId: string }
  | { kind: 'record_sign_in'; sessionId: string }
  | { kind: 'ignore'; reason: string }

/** A webhook whose signature was verified and whose body was parsed. */
export type ParsedWebhook = {
  type: string
  code: string | null
  /** The vendor's id of the object: an Item, a hashed Link token, an application or a user. */
  vendorObjectId: string | null
  effects: WebhookEffect[]
}
