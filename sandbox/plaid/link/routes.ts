/** Everything the browser loads or calls while Link is open: the script, the panel, its calls, and the OAuth bank's pages. */
import type { Hono } from 'hono'
import type { PlaidState } from '@/sandbox/plaid/link/types'
import { addBankRoutes } from '@/sandbox/plaid/link/oauth-bank'
import { addFileRoutes } from '@/sandbox/plaid/link/static-files'
import { addSettingRoutes } from '@/sandbox/plaid/link/settings'
import { addWindowRoutes } from '@/sandbox/plaid/link/panel-routes'

/** Adds the stand-in for Plaid Link (contracts/plaid.md section 5) to the Plaid stand-in. Needs no keys: a Link token is the permission. */
export function addLinkRoutes(app: Hono, state: PlaidState): void {
  addFileRoutes(app)
  addWindowRoutes(app, state)
  addBankRoutes(app, state)
  addSettingRoutes(state)
}
