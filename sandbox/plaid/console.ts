/** The console page of this emulator. */
import { describeItem } from '@/sandbox/plaid/ledger'
import { linkConsoleActions } from '@/sandbox/plaid/link/settings'
import type { Plaid } from '@/sandbox/plaid/records'

const RULES = [
  'user_good with pass_good signs in at every bank that is not OAuth; an OAuth bank accepts anything.',
  'user_good with mfa_device asks for a code: 1234. mfa_questions_2_1 asks two rounds of one question: answer_0_0, then answer_1_0. mfa_selections: Yes.',
  'user_good with error_CODE fails with that code, for example error_ITEM_LOCKED.',
  'When a bank is linked for moving money: microdeposits_good proves the account by itself within a day, microdeposits_code asks for a code later: ABC.',
  'Harlequin Brokerage has investments only, Seersucker Home Loans a mortgage only: they are offered where Link was opened for those.',
  'user_custom with a JSON document as password brings the data in that document.',
  'user_transactions_dynamic with any password has two accounts that change at every refresh.',
  'Platypus Bank (out of order) is down, Unsupported Platypus Bank cannot be linked, Herringbone Oddities Bank sends nulls, unknown words, euros and seven decimals.',
  'Every other login gets two years of its own transactions; the same person at the same bank always gets the same.',
  'A day that passes brings that day’s transactions.'
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
      post('Post what is pending', `${base}/post-pending`),
      post('Change the newest one', `${base}/modify`, { patch: { name: 'CHANGED BY THE BANK' } }),
      post('Remove the newest one', `${base}/remove`),
      ...(broken
        ? [post('Repair the login', `${base}/repair`)]
        : [post('Break the login', `${base}/reset-login`)]),
      post('Change data in the middle of paging', `${base}/mutate`),
      post('Consent ends in seven days', `${base}/expire`),
      post('The person withdraws permission', `${base}/revoke`),
      post('The bank stops sharing the first account', `${base}/fire/USER_ACCOUNT_REVOKED`),
      post('Send a webhook that is cut short', `${base}/unreadable`),
      ...['SYNC_UPDATES_AVAILABLE', 'NEW_ACCOUNTS_AVAILABLE', 'PENDING_DISCONNECT'].map((code) =>
        post(`Send ${code}`, `${base}/fire/${code}`)
      )
    ]
  }
}

const globalActions = (plaid: Plaid): Action[] => [
  post('A day passes', '/clock', { advance: 86_400_000 }),
  plaid.limits.enabled()
    ? post('Rate limits off', '/rate-limits', { enabled: false })
    : post('Rate limits on', '/rate-limits', { enabled: true }),
  plaid.switches.pageSize
    ? post('Usual page size', '/page-size', { size: null })
    : post('Pages of 25', '/page-size', { size: 25 }),
  post('Rotate the webhook key', '/rotate-key'),
  post('Webhooks twice', '/deliveries/mode', { duplicate: true }),
  post('Webhooks 5 s late', '/deliveries/mode', { delay: 5_000 }),
  post('Webhooks as usual', '/deliveries/mode', {}),
  ...linkConsoleActions
]
