/** Who may do what. A route that is missing here fails the suite. */
import { randomUUID } from 'node:crypto'

export type Owned =
  | 'connection'
  | 'transaction'
  | 'rule'
  | 'change'
  | 'account'
  | 'asset'
  | 'transfer'
  | 'counterparty'

export type Rule =
  /** Open to everybody; `anonymous` is the status without credentials. */
  | { access: 'public'; anonymous: number; body?: unknown }
  /** Needs a session; acts on the caller's own things only. */
  | { access: 'person'; body?: unknown; signedIn: number[] }
  /** Needs a session and names a thing by id: the owner's `own` status, 404 for everybody else and for an unknown id. */
  | { access: 'owned'; owns: Owned; body?: unknown; own: number[] }
  /** For administrators with a second factor; for everybody else there is nothing there. Names a person by id. */
  | { access: 'admin'; body?: unknown; own: number[] }
  /** A page: signed out goes to sign in; `signedIn` is the status with a session. */
  | { access: 'page'; signedIn: number[] }

const person = (signedIn: number[] = [200], body?: unknown): Rule => ({
  access: 'person',
  signedIn,
  body
})
const owned = (own: number[] = [200], body?: unknown, owns: Owned = 'connection'): Rule => ({
  access: 'owned',
  owns,
  own,
  body
})
const admin = (own: number[] = [200], body?: unknown): Rule => ({ access: 'admin', own, body })
const open = (anonymous = 200, body?: unknown): Rule => ({ access: 'public', anonymous, body })
const page = (signedIn: number[] = [200]): Rule => ({ access: 'page', signedIn })

export const MATRIX: Record<string, Rule> = {
  'PAGE /': open(),
  'PAGE /sign-in/[[...sign-in]]': open(),
  'PAGE /sign-up/[[...sign-up]]': open(),
  'PAGE /onboarding': page([307]),
  'PAGE /onboarding/[step]': page([200, 307]),
  'PAGE /onboarding/ineligible': page(),
  'PAGE /dashboard': page([200, 307]),
  'PAGE /transactions': page(),
  'PAGE /transactions/rules': page(),
  'PAGE /connections': page([200, 307]),
  'PAGE /connections/return': page(),
  'PAGE /account': page([200, 307]),
  'PAGE /settings/[[...settings]]': page(),
  'PAGE /settings/data': page(),
  // Whoever has its id may see how far a deletion is; these tests have none.
  'PAGE /deletion/[id]': open(404),

  'GET /api/health/live': open(),
  'GET /api/health/ready': open(),
  'GET /api/cron/drain': open(401),
  'POST /api/cron/drain': open(401),
  'POST /api/webhooks/plaid': open(401, {}),
  'POST /api/webhooks/jiko': open(401, {}),
  'POST /api/webhooks/clerk': open(401, {}),

  'GET /api/v1/me': person(),
  'DELETE /api/v1/me': person([422], { confirmation: 'no' }),
  'GET /api/v1/deletions/[id]': open(404),
  'GET /api/v1/export': person(),
  'GET /api/v1/application': person(),
  'PUT /api/v1/application/draft': person([200, 409], {
    question: 'income',
    answer: { income: 'OVER_250K' }
  }),
  'GET /api/v1/application/agreements': person(),
  'POST /api/v1/application/agreements': person([409], {
    version: 'no such version',
    shown: '1234',
    agreed: true
  }),
  'GET /api/v1/application/agreements/test-page': open(404),
  'POST /api/v1/application/phone': person([409], {}),
  'GET /api/v1/application/documents': person(),
  'POST /api/v1/application/documents/[type]': person([415], {}),
  'POST /api/v1/application/submit': person([409], { ssn: '219099999' }),
  'POST /api/v1/application/link': person([200], {}),
  'POST /api/v1/bank/connect': person([200], {}),
  'POST /api/v1/bank/set_access_token': person([422], { public_token: '' }),
  'POST /api/v1/bank/resume': person([200], {}),
  'POST /api/v1/link-events': person([204], { type: 'exit' }),
  'GET /api/v1/connections': person(),
  'GET /api/v1/connections/[id]': owned(),
  // One bank is left alone for a while after it was asked, so the second of two owners' calls waits.
  'POST /api/v1/connections/[id]/sync': owned([200, 429], {}),
  'POST /api/v1/connections/[id]/relink': owned([200], {}),
  'POST /api/v1/connections/[id]/relinked': owned([200], {}),
  'POST /api/v1/connections/[id]/test-doors': owned([204], {
    door: 'fire_webhook',
    code: 'NEW_ACCOUNTS_AVAILABLE'
  }),
  'GET /api/v1/connections/[id]/progress': owned(),
  'GET /api/v1/accounts': person(),
  'PATCH /api/v1/accounts/[id]': owned([204], { name: 'Daily' }, 'account'),
  'GET /api/v1/assets': person(),
  'POST /api/v1/assets': person([200], {
    name: 'Boat',
    kind: 'vehicle',
    currency: 'USD',
    value: '100'
  }),
  'GET /api/v1/assets/[id]': owned([200], undefined, 'asset'),
  'PATCH /api/v1/assets/[id]': owned([200], { name: 'House' }, 'asset'),
  'POST /api/v1/assets/[id]/values': owned([200], { value: '100' }, 'asset'),
  'DELETE /api/v1/assets/[id]/values': owned([200], { on: '2020-01-01' }, 'asset'),
  'GET /api/v1/preferences': person(),
  'PATCH /api/v1/preferences': person([200], { theme: 'dark' }),
  'GET /api/v1/transactions': person(),
  'GET /api/v1/transactions/export': person(),
  'POST /api/v1/transactions/visits': person([204], {}),
  'GET /api/v1/transactions/[id]': owned([200], undefined, 'transaction'),
  'PATCH /api/v1/transactions/[id]': owned([200], { note: 'Hers' }, 'transaction'),
  'POST /api/v1/transactions/changes': person([200], {
    id: randomUUID(),
    filter: {},
    change: { excluded: null }
  }),
  // What was taken back, and a rule that was deleted, is gone for the second of two calls.
  'DELETE /api/v1/transactions/changes/[id]': owned([200, 404], {}, 'change'),
  'GET /api/v1/rules': person(),
  'POST /api/v1/rules': person([200], { text: 'roast', category: 'TRAVEL' }),
  'PUT /api/v1/rules/[id]': owned([200], { text: 'roast', category: 'MEDICAL' }, 'rule'),
  'DELETE /api/v1/rules/[id]': owned([204, 404], {}, 'rule'),
  'GET /api/v1/net-worth': person(),
  'GET /api/v1/net-worth/history': person(),
  'GET /api/v1/cash-flow': person(),
  'GET /api/v1/spending': person(),
  'GET /api/v1/recurring': person(),
  'GET /api/v1/account': person([404]),
  'PATCH /api/v1/account': person([404], { strategy: 'UST-13W' }),
  'GET /api/v1/account/investments': person([404]),
  'GET /api/v1/account/transactions': person([404]),
  'GET /api/v1/account/statements': person([404]),
  'POST /api/v1/account/statements': person([404], { id: 'no-such-statement' }),
  'GET /api/v1/account/trades': person([404]),
  'POST /api/v1/account/trades': person([404], { id: 'no-such-trade' }),
  'GET /api/v1/account/transfers': person(),
  'POST /api/v1/account/transfers': person([404], {
    direction: 'in',
    bank: '7d8a3a5e-0e0d-4a9e-8c53-2f4d1a6b9c20',
    amount: '12'
  }),
  'POST /api/v1/account/transfers/[id]/confirm': owned([200], {}, 'transfer'),
  'GET /api/v1/account/counterparties': person(),
  'POST /api/v1/account/counterparties': person([404], {
    public_token: 'none',
    accounts: [{ id: 'none', name: 'None' }]
  }),
  'POST /api/v1/account/counterparties/link': person([404], {}),
  'POST /api/v1/account/counterparties/[id]/verify': owned([200], {}, 'counterparty'),
  'POST /api/v1/account/portals': person([404], {}),
  'GET /api/v1/events': person(),
  'PAGE /admin': admin(),
  'PAGE /admin/people': admin(),
  'PAGE /admin/people/[id]': admin(),
  'PAGE /admin/audit': admin(),
  'GET /api/v1/admin/vendors': admin(),
  'GET /api/v1/admin/audit': admin(),
  'GET /api/v1/admin/people': admin(),
  // Nobody has said why yet.
  'GET /api/v1/admin/people/[id]': admin([403]),
  'POST /api/v1/admin/people/[id]/look': admin([204], { reason: 'A look at ownership' }),
  'DELETE /api/v1/admin/people/[id]': admin([422], { reason: '' }),
  'GET /api/v1/admin/work': admin(),
  'POST /api/v1/admin/work': admin([404], {
    kind: 'sync',
    id: 'no such work',
    reason: 'A look at ownership'
  }),
  // Last, because what they name is gone after it.
  'DELETE /api/v1/assets/[id]': owned([204, 404], {}, 'asset'),
  'DELETE /api/v1/connections/[id]': owned([200], { history: 'keep' })
}
