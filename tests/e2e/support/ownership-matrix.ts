/** Authorization rules. A route that is missing here fails the suite. */
import { randomUUID } from 'node:crypto'

export type OwnedResource =
  | 'connection'
  | 'hosted'
  | 'transaction'
  | 'rule'
  | 'change'
  | 'account'
  | 'asset'
  | 'transfer'
  | 'counterparty'

export type AccessRule =
  /** Public; `anonymous` is the status without credentials. */
  | { access: 'public'; anonymous: number; body?: unknown }
  /** Needs a session; acts on the caller's own data only. */
  | { access: 'person'; body?: unknown; signedIn: number[] }
  /**
   * Needs a session and names an object by id: the owner's `own` status, 404 for other users and
   * unknown ids.
   */
  | { access: 'owned'; owns: OwnedResource; body?: unknown; own: number[] }
  /** For administrators with a second factor; 404 for all others. Names a user by id. */
  | { access: 'admin'; body?: unknown; own: number[] }
  /** A page: redirects to sign-in without a session; `signedIn` is the status with one. */
  | { access: 'page'; signedIn: number[] }

const userRoute = (signedIn: number[] = [200], body?: unknown): AccessRule => ({
  access: 'person',
  signedIn,
  body
})
const ownedRoute = (
  own: number[] = [200],
  body?: unknown,
  owns: OwnedResource = 'connection'
): AccessRule => ({
  access: 'owned',
  owns,
  own,
  body
})
const adminRoute = (own: number[] = [200], body?: unknown): AccessRule => ({
  access: 'admin',
  own,
  body
})
const publicRoute = (anonymous = 200, body?: unknown): AccessRule => ({
  access: 'public',
  anonymous,
  body
})
const pageRoute = (signedIn: number[] = [200]): AccessRule => ({ access: 'page', signedIn })

export const MATRIX: Record<string, AccessRule> = {
  'PAGE /': publicRoute(),
  'PAGE /sign-in/[[...sign-in]]': publicRoute(),
  'PAGE /sign-up/[[...sign-up]]': publicRoute(),
  'PAGE /onboarding': pageRoute([307]),
  'PAGE /onboarding/[step]': pageRoute([200, 307]),
  'PAGE /onboarding/ineligible': pageRoute(),
  'PAGE /dashboard': pageRoute(),
  'PAGE /transactions': pageRoute(),
  'PAGE /transactions/rules': pageRoute(),
  'PAGE /connections': pageRoute([200, 307]),
  'PAGE /connections/return': pageRoute(),
  'PAGE /account': pageRoute([200, 307]),
  'PAGE /messages': pageRoute(),
  'PAGE /settings/[[...settings]]': pageRoute(),
  'PAGE /settings/data': pageRoute(),
  // A deletion's progress is readable with its id; these tests have none.
  'PAGE /deletion/[id]': publicRoute(404),
  'PAGE /docs': publicRoute(),
  'PAGE /privacy': publicRoute(),
  'PAGE /terms': publicRoute(),
  'PAGE /fees': publicRoute(),
  'PAGE /security': publicRoute(),
  'PAGE /help': publicRoute(),
  'PAGE /contact': publicRoute(),
  'PAGE /accessibility': publicRoute(),
  'PAGE /status': publicRoute(),
  'PAGE /lock': publicRoute(),
  'PAGE /esign': publicRoute(),

  'GET /api/health/live': publicRoute(),
  'GET /api/health/ready': publicRoute(),
  'POST /api/csp-report': publicRoute(204, {}),
  'GET /signed-out': publicRoute(303),
  'POST /language': publicRoute(303, {}),
  'GET /.well-known/security.txt': publicRoute(),
  'GET /offline': publicRoute(),
  'GET /api/metrics': publicRoute(404),
  'GET /api/cron/drain': publicRoute(401),
  'POST /api/cron/drain': publicRoute(401),
  'POST /api/webhooks/plaid': publicRoute(401, {}),
  'POST /api/webhooks/jiko': publicRoute(401, {}),
  'POST /api/webhooks/clerk': publicRoute(401, {}),
  'POST /api/v1/locks': publicRoute(404, { token: 'unknown' }),

  'GET /api/v1/me': userRoute(),
  'DELETE /api/v1/me': userRoute([422], { confirmation: 'no' }),
  'GET /api/v1/deletions/[id]': publicRoute(404),
  'GET /api/v1/messages': userRoute(),
  'POST /api/v1/messages/read': userRoute([204], { upTo: randomUUID() }),
  'GET /api/v1/export': userRoute(),
  'POST /api/v1/export': userRoute([204], {}),
  'GET /api/v1/application': userRoute(),
  'PUT /api/v1/application/draft': userRoute([200, 409], {
    question: 'income',
    answer: { income: 'OVER_250K' }
  }),
  'GET /api/v1/application/agreements': userRoute(),
  'POST /api/v1/application/agreements': userRoute([409], {
    version: 'no such version',
    agreed: []
  }),
  'POST /api/v1/application/agreements/esign': userRoute([409], {
    version: 'no such version',
    shown: '1234',
    agreed: true
  }),
  'GET /api/v1/application/agreements/esign-check': publicRoute(404),
  'POST /api/v1/application/agreements/esign-check': publicRoute(404, { token: 'unknown' }),
  'POST /api/v1/application/phone': userRoute([409], {}),
  'GET /api/v1/application/documents': userRoute(),
  'POST /api/v1/application/documents/[type]': userRoute([415], {}),
  'POST /api/v1/application/prefill': userRoute([404], { connectionId: randomUUID() }),
  'POST /api/v1/application/submit': userRoute([409], { ssn: '219099999' }),
  'POST /api/v1/application/link': userRoute([200], {}),
  'POST /api/v1/bank/connect': userRoute([200], {}),
  'POST /api/v1/bank/hosted': userRoute([200], {}),
  'POST /api/v1/bank/hosted/[id]': ownedRoute([200], {}, 'hosted'),
  'POST /api/v1/bank/set_access_token': userRoute([422], { public_token: '' }),
  'POST /api/v1/bank/resume': userRoute([200], {}),
  'POST /api/v1/link-events': userRoute([204], { type: 'exit' }),
  'GET /api/v1/connections': userRoute(),
  'GET /api/v1/connections/[id]': ownedRoute(),
  // A bank has a cooldown after each request, so the second owner's call waits.
  'POST /api/v1/connections/[id]/sync': ownedRoute([200, 429], {}),
  'POST /api/v1/connections/[id]/relink': ownedRoute([200], {}),
  'POST /api/v1/connections/[id]/relinked': ownedRoute([200], {}),
  'POST /api/v1/connections/[id]/sandbox-actions': ownedRoute([204], {
    kind: 'fire_webhook',
    code: 'NEW_ACCOUNTS_AVAILABLE'
  }),
  'GET /api/v1/connections/[id]/progress': ownedRoute(),
  'GET /api/v1/accounts': userRoute(),
  'PATCH /api/v1/accounts/[id]': ownedRoute([204], { name: 'Daily' }, 'account'),
  'GET /api/v1/accounts/[id]/investments': ownedRoute([200], undefined, 'account'),
  'GET /api/v1/assets': userRoute(),
  'POST /api/v1/assets': userRoute([200], {
    name: 'Boat',
    kind: 'vehicle',
    currency: 'USD',
    value: '100'
  }),
  'GET /api/v1/assets/[id]': ownedRoute([200], undefined, 'asset'),
  'PATCH /api/v1/assets/[id]': ownedRoute([200], { name: 'House' }, 'asset'),
  'POST /api/v1/assets/[id]/values': ownedRoute([200], { value: '100' }, 'asset'),
  'DELETE /api/v1/assets/[id]/values': ownedRoute([200], { on: '2020-01-01' }, 'asset'),
  'GET /api/v1/preferences': userRoute(),
  'PATCH /api/v1/preferences': userRoute([200], { theme: 'dark' }),
  'GET /api/v1/transactions': userRoute(),
  'GET /api/v1/transactions/export': userRoute(),
  'POST /api/v1/transactions/export': userRoute([204], {}),
  'POST /api/v1/transactions/last-seen': userRoute([204], {}),
  'GET /api/v1/transactions/[id]': ownedRoute([200], undefined, 'transaction'),
  'PATCH /api/v1/transactions/[id]': ownedRoute([200], { note: 'Hers' }, 'transaction'),
  'POST /api/v1/transactions/changes': userRoute([200], {
    id: randomUUID(),
    filter: {},
    change: { excluded: null }
  }),
  // An undone change and a deleted rule are gone for the second of two calls.
  'DELETE /api/v1/transactions/changes/[id]': ownedRoute([200, 404], {}, 'change'),
  'GET /api/v1/rules': userRoute(),
  'POST /api/v1/rules': userRoute([200], { text: 'roast', category: 'TRAVEL' }),
  'PUT /api/v1/rules/[id]': ownedRoute([200], { text: 'roast', category: 'MEDICAL' }, 'rule'),
  'DELETE /api/v1/rules/[id]': ownedRoute([204, 404], {}, 'rule'),
  'GET /api/v1/net-worth': userRoute(),
  'GET /api/v1/openapi.json': publicRoute(),
  'GET /api/v1/net-worth/history': userRoute(),
  'GET /api/v1/cash-flow': userRoute(),
  'GET /api/v1/spending': userRoute(),
  'GET /api/v1/recurring': userRoute(),
  'GET /api/v1/account': userRoute([404]),
  'PATCH /api/v1/account': userRoute([404], { strategy: 'UST-13W' }),
  'GET /api/v1/account/investments': userRoute([404]),
  'GET /api/v1/account/transactions': userRoute([404]),
  'GET /api/v1/account/statements': userRoute([404]),
  'POST /api/v1/account/statements': userRoute([404], { id: 'no-such-statement' }),
  'GET /api/v1/account/trades': userRoute([404]),
  'POST /api/v1/account/trades': userRoute([404], { id: 'no-such-trade' }),
  'GET /api/v1/account/transfers': userRoute(),
  'POST /api/v1/account/transfers': userRoute([404], {
    direction: 'in',
    bank: '7d8a3a5e-0e0d-4a9e-8c53-2f4d1a6b9c20',
    amount: '12'
  }),
  'POST /api/v1/account/transfers/[id]/confirm': ownedRoute([200], {}, 'transfer'),
  'GET /api/v1/account/counterparties': userRoute(),
  'POST /api/v1/account/counterparties': userRoute([404], {
    public_token: 'none',
    accounts: [{ id: 'none', name: 'None' }]
  }),
  'POST /api/v1/account/counterparties/link': userRoute([404], {}),
  'POST /api/v1/account/counterparties/[id]/verify': ownedRoute([200], {}, 'counterparty'),
  'POST /api/v1/account/portals': userRoute([404], {}),
  'GET /api/v1/events': userRoute(),
  'PAGE /admin': adminRoute(),
  'PAGE /admin/users': adminRoute(),
  'PAGE /admin/users/[id]': adminRoute(),
  'PAGE /admin/audit': adminRoute(),
  'GET /api/v1/admin/vendors': adminRoute(),
  'GET /api/v1/admin/audit': adminRoute(),
  'GET /api/v1/admin/users': adminRoute(),
  'GET /api/v1/admin/onboarding': adminRoute(),
  // No reason was given yet.
  'GET /api/v1/admin/users/[id]': adminRoute([403]),
  'POST /api/v1/admin/users/[id]/access': adminRoute([204], { reason: 'A check of ownership' }),
  'DELETE /api/v1/admin/users/[id]': adminRoute([422], { reason: '' }),
  'DELETE /api/v1/admin/users/[id]/lock': adminRoute([422], { reason: '' }),
  'GET /api/v1/admin/failed-jobs': adminRoute(),
  'POST /api/v1/admin/failed-jobs': adminRoute([404], {
    kind: 'sync',
    id: 'no such work',
    reason: 'A check of ownership'
  }),
  // Last, because they delete the objects they name.
  'DELETE /api/v1/assets/[id]': ownedRoute([204, 404], {}, 'asset'),
  'DELETE /api/v1/connections/[id]': ownedRoute([200], { history: 'keep' })
}
