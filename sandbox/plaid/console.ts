/** The console page of this emulator. */
import { describeItem } from '@/sandbox/plaid/ledger'
import { linkConsoleActions } from '@/sandbox/plaid/link/settings'
import type { Plaid } from '@/sandbox/plaid/records'

const RULES = [
  'user_good with pass_good logs in at every bank without OAuth; an OAuth bank accepts any login.',
  'user_good with mfa_device asks for a code: 1234. mfa_questions_2_1 asks two rounds of one question: answer_0_0, then answer_1_0. mfa_selections: Yes.',
  'user_good with error_CODE fails with that code, for example error_ITEM_LOCKED.',
  'When a bank is linked for transfers: microdeposits_good verifies the account automatically within a day, microdeposits_code asks for a code later: ABC.',
  'Harlequin Brokerage has investments only, Seersucker Home Loans a mortgage only: Link offers them when it was opened for those.',
  'user_custom with a JSON document as password gets the data in that document.',
  'user_transactions_dynamic with any password has two accounts that change at every refresh.',
  'Platypus Bank (out of order) is down, Unsupported Platypus Bank cannot be linked, Herringbone Oddities Bank sends nulls, unknown enum values, euros and seven decimals.',
  'Every other login gets two years of its own transactions, always the same for a user and bank.',
  'Advancing the clock by a day adds that day’s transactions.'
]

type Action = { label: string; method: 'POST'; path: string; body?: object }

const post = (label: string, path: string, body?: object): Action => ({
  label,
  method: 'POST',
  path: `/_sandbox${path}`,
  ...(body ? { body } : {})
})

export function addConsole(plaid: Plaid): void {
  plaid.sandbox.control.get('/console', (c) =>
    c.json({
      title: 'Plaid',
      rules: RULES,
      objects: plaid.items
        .filter((item) => !item.removed)
        .map((item) => toObject(describeItem(plaid, item))),
      actions: globalActions(plaid)
    })
  )
}

function toObject(item: ReturnType<typeof describeItem>) {
  const base = `/items/${item.itemId}`
  const broken = item.error !== null
  return {
    id: item.itemId,
    label: `${item.institutionName} of ${item.clientUserId}`,
    state: item.error ?? `${item.transactions} transactions, ${item.pending} pending`,
    actions: [
      post('Three new transactions', `${base}/transactions`, { count: 3 }),
      post('One pending transaction', `${base}/transactions`, { count: 1, pending: true }),
      post('Post pending transactions', `${base}/post-pending`),
      post('Change the newest transaction', `${base}/modify`, {
        patch: { name: 'CHANGED BY THE BANK' }
      }),
      post('Remove the newest transaction', `${base}/remove`),
      ...(broken
        ? [post('Repair the login', `${base}/repair`)]
        : [post('Break the login', `${base}/reset-login`)]),
      post('Change data during pagination', `${base}/mutate`),
      post('Consent ends in seven days', `${base}/expire`),
      post('User revokes permission', `${base}/revoke`),
      post('The bank stops sharing the first account', `${base}/fire/USER_ACCOUNT_REVOKED`),
      post('Send a truncated webhook', `${base}/unreadable`),
      ...['SYNC_UPDATES_AVAILABLE', 'NEW_ACCOUNTS_AVAILABLE', 'PENDING_DISCONNECT'].map((code) =>
        post(`Send ${code}`, `${base}/fire/${code}`)
      )
    ]
  }
}

const globalActions = (plaid: Plaid): Action[] => [
  post('Advance one day', '/clock', { advance: 86_400_000 }),
  plaid.limits.enabled()
    ? post('Rate limits off', '/rate-limits', { enabled: false })
    : post('Rate limits on', '/rate-limits', { enabled: true }),
  plaid.switches.pageSize
    ? post('Usual page size', '/page-size', { size: null })
    : post('Pages of 25', '/page-size', { size: 25 }),
  post('Rotate the webhook key', '/rotate-key'),
  post('Webhooks twice', '/deliveries/mode', { duplicate: true }),
  post('Webhooks 5 s late', '/deliveries/mode', { delay: 5_000 }),
  post('Normal webhooks', '/deliveries/mode', {}),
  ...linkConsoleActions
]
