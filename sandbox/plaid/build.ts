/** Puts the stand-in's parts together; nothing listens yet. */
import { createSandbox } from '@/sandbox/core/sandbox'
import { closeBooks } from '@/sandbox/plaid/transactions/event-log'
import { addConsole } from '@/sandbox/plaid/console'
import { addControls } from '@/sandbox/plaid/control'
import { codeForStatus, plaidError } from '@/sandbox/plaid/errors'
import { ledgerOf } from '@/sandbox/plaid/ledger'
import { addLinkRoutes } from '@/sandbox/plaid/link/routes'
import type { PlaidState } from '@/sandbox/plaid/link/types'
import type {
  Batch,
  ItemRecord,
  LinkSession,
  LoginRecord,
  Plaid,
  PlaidOptions,
  PublicToken
} from '@/sandbox/plaid/records'
import { createRateLimits } from '@/sandbox/plaid/rate-limits'
import { addAccountRoutes } from '@/sandbox/plaid/routes/accounts'
import { addInstitutionRoutes } from '@/sandbox/plaid/routes/institutions'
import { addItemRoutes } from '@/sandbox/plaid/routes/items'
import { addLinkTokenRoutes } from '@/sandbox/plaid/routes/link-token'
import { addRecurringRoutes } from '@/sandbox/plaid/routes/recurring'
import { addSandboxRoutes } from '@/sandbox/plaid/routes/sandbox'
import { addTransactionRoutes } from '@/sandbox/plaid/routes/transactions'
import { createSigningKeys } from '@/sandbox/plaid/signing-keys'
import { createPlaidState } from '@/sandbox/plaid/link/backend'

/** The whole stand-in, reachable through `sandbox.app`, plus what Link works with. */
export function buildPlaid(options: PlaidOptions): { plaid: Plaid; state: PlaidState } {
  const sandbox = createSandbox(options, {
    name: 'plaid',
    vendorError: (c, status, code) =>
      plaidError(c, code ?? codeForStatus(status), sandbox.ids.text('request', 15)),
    sign: (body) => ({ 'plaid-verification': plaid.keys.signBody(body) }),
    ledger: () => ledgerOf(plaid),
    onReset: () => {
      closeBooks(plaid)
      plaid.limits.reset()
      plaid.switches.pageSize = null
      plaid.switches.mutateItems.clear()
    }
  })
  const { store } = sandbox
  const plaid: Plaid = {
    sandbox,
    options,
    limits: createRateLimits(() => sandbox.clock.now().getTime()),
    keys: createSigningKeys(store, sandbox.ids),
    linkSessions: store.collection<LinkSession>('link-sessions'),
    logins: store.collection<LoginRecord>('logins'),
    publicTokens: store.collection<PublicToken>('public-tokens'),
    items: store.collection<ItemRecord>('items'),
    batches: store.collection<Batch>('batches'),
    counts: store.collection<{ id: string; n: number }>('counts'),
    switches: { pageSize: null, mutateItems: new Set() }
  }
  const state = createPlaidState(plaid)
  addRoutes(plaid, state)
  return { plaid, state }
}

function addRoutes(plaid: Plaid, state: PlaidState): void {
  const { app } = plaid.sandbox
  addLinkTokenRoutes(plaid)
  addItemRoutes(plaid)
  addAccountRoutes(plaid)
  addInstitutionRoutes(plaid)
  addTransactionRoutes(plaid)
  addRecurringRoutes(plaid)
  addSandboxRoutes(plaid)
  addControls(plaid)
  addConsole(plaid)
  addLinkRoutes(app, state)
  app.notFound((c) =>
    plaidError(
      c,
      'NOT_FOUND',
      plaid.sandbox.ids.text('request', 15),
      `the requested route does not exist: ${c.req.method} ${c.req.path}`
    )
  )
}
