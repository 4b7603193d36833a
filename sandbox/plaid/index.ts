/** A local Plaid: its API, test doors, webhooks and Link, over real HTTP. */
import { createSandbox, listen, type RunningSandbox } from '../core/sandbox'
import { closeBooks } from './book'
import { addConsole } from './console'
import { addControls, describeItem } from './control'
import { codeForStatus, plaidError } from './errors'
import { bringAllUpToDate } from './feed'
import { addLinkRoutes } from './link/routes'
import type { Batch, ItemRecord, LinkSession, LoginRecord, Plaid, PlaidOptions, PublicToken } from './plaid'
import { createRateLimits } from './rate-limits'
import { addAccountRoutes } from './routes/accounts'
import { addInstitutionRoutes } from './routes/institutions'
import { addItemRoutes } from './routes/items'
import { addLinkTokenRoutes } from './routes/link-token'
import { addRecurringRoutes } from './routes/recurring'
import { addSandboxRoutes } from './routes/sandbox'
import { addTransactionRoutes } from './routes/transactions'
import { createSigningKeys } from './signing-keys'
import { createPlaidState } from './state'

export type { PlaidOptions } from './plaid'

/** How often webhooks about data that became ready are looked for. */
const TICK = 250

/** Starts the stand-in on loopback. Port 0 takes a free one; `url` of the result is the SDK's base path. */
export async function startPlaid(options: PlaidOptions): Promise<RunningSandbox> {
  const plaid = build(options)
  const running = await listen(plaid.sandbox, options.port)
  const timer = setInterval(() => bringAllUpToDate(plaid), TICK)
  timer.unref()
  return {
    ...running,
    close: () => {
      clearInterval(timer)
      return running.close()
    }
  }
}

function build(options: PlaidOptions): Plaid {
  const sandbox = createSandbox(options, {
    name: 'plaid',
    vendorError: (c, status, code) => plaidError(c, code ?? codeForStatus(status), sandbox.ids.text('request', 15)),
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
  addRoutes(plaid)
  return plaid
}

function addRoutes(plaid: Plaid): void {
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
  addLinkRoutes(app, createPlaidState(plaid))
  app.notFound((c) => plaidError(c, 'NOT_FOUND', plaid.sandbox.ids.text('request', 15), `the requested route does not exist: ${c.req.method} ${c.req.path}`))
}

function ledgerOf(plaid: Plaid) {
  const count = (id: string) => plaid.counts.get(id)?.n ?? 0
  return {
    linkTokens: count('linkTokens'),
    exchanges: count('exchanges'),
    updates: count('updates'),
    removals: count('removals'),
    items: plaid.items.all().map((item) => describeItem(plaid, item))
  }
}
