/** Builds the emulator without listening. */
import { createEmulator } from '@/sandbox/core/sandbox'
import { addConsole } from '@/sandbox/plaid/console'
import { addControlRoutes } from '@/sandbox/plaid/control'
import { codeForStatus, errorResponse } from '@/sandbox/plaid/errors'
import { ledgerOf } from '@/sandbox/plaid/ledger'
import { createLinkBackend } from '@/sandbox/plaid/link/backend'
import { addHostedRoutes } from '@/sandbox/plaid/link/hosted'
import { addLinkRoutes } from '@/sandbox/plaid/link/routes'
import type { LinkBackend } from '@/sandbox/plaid/link/types'
import { createRateLimits } from '@/sandbox/plaid/rate-limits'
import type {
  Batch,
  ItemRecord,
  LinkSession,
  LoginRecord,
  Plaid,
  PlaidOptions,
  PublicToken
} from '@/sandbox/plaid/records'
import { addAccountRoutes } from '@/sandbox/plaid/routes/accounts'
import { addIdentityRoutes } from '@/sandbox/plaid/routes/identity'
import { addInstitutionRoutes } from '@/sandbox/plaid/routes/institutions'
import { addInvestmentRoutes } from '@/sandbox/plaid/routes/investments'
import { addItemRoutes } from '@/sandbox/plaid/routes/items'
import { addLiabilityRoutes } from '@/sandbox/plaid/routes/liabilities'
import { addLinkSessionRoutes } from '@/sandbox/plaid/routes/link-sessions'
import { addLinkTokenRoutes } from '@/sandbox/plaid/routes/link-token'
import { addRecurringRoutes } from '@/sandbox/plaid/routes/recurring'
import { addSandboxRoutes } from '@/sandbox/plaid/routes/sandbox'
import { addSignalRoutes } from '@/sandbox/plaid/routes/signal'
import { addStatementRoutes } from '@/sandbox/plaid/routes/statements'
import { addTransactionRoutes } from '@/sandbox/plaid/routes/transactions'
import { createSigningKeys } from '@/sandbox/plaid/signing-keys'
import { clearEventLogs } from '@/sandbox/plaid/transactions/event-log'

/** The emulator (`sandbox.app`) and the backend of Link. */
export function buildPlaidEmulator(options: PlaidOptions): { plaid: Plaid; state: LinkBackend } {
  const sandbox = createEmulator(options, {
    name: 'plaid',
    vendorError: (c, status, code) =>
      errorResponse(c, code ?? codeForStatus(status), sandbox.ids.text('request', 15)),
    sign: (body) => ({ 'plaid-verification': plaid.keys.signBody(body) }),
    ledger: () => ledgerOf(plaid),
    onReset: () => {
      clearEventLogs(plaid)
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
    evaluations: store.collection<{ id: string }>('signal-evaluations'),
    counts: store.collection<{ id: string; n: number }>('counts'),
    switches: { pageSize: null, mutateItems: new Set() }
  }
  const state = createLinkBackend(plaid)
  addRoutes(plaid, state)
  return { plaid, state }
}

function addRoutes(plaid: Plaid, state: LinkBackend): void {
  const { app } = plaid.sandbox
  addLinkTokenRoutes(plaid)
  addLinkSessionRoutes(plaid)
  addItemRoutes(plaid)
  addAccountRoutes(plaid)
  addIdentityRoutes(plaid)
  addInstitutionRoutes(plaid)
  addTransactionRoutes(plaid)
  addRecurringRoutes(plaid)
  addInvestmentRoutes(plaid)
  addLiabilityRoutes(plaid)
  addSignalRoutes(plaid)
  addStatementRoutes(plaid)
  addSandboxRoutes(plaid)
  addControlRoutes(plaid)
  addConsole(plaid)
  addLinkRoutes(app, state)
  addHostedRoutes(app, plaid)
  app.notFound((c) =>
    errorResponse(
      c,
      'NOT_FOUND',
      plaid.sandbox.ids.text('request', 15),
      `the requested route does not exist: ${c.req.method} ${c.req.path}`
    )
  )
}
