/** Everything the browser loads or calls while Link is open: the script, the panel, its calls, and the OAuth bank's pages. */
import type { Hono } from 'hono'
import type { PlaidState } from '../link-session'
import { addBankRoutes } from './bank'
import { addFileRoutes } from './files'
import { addSettingRoutes } from './settings'
import { addWindowRoutes } from './windows'

/** Adds the stand-in for Plaid Link (contracts/plaid.md section 5) to the Plaid stand-in. Needs no keys: a Link token is the permission. */
export function addLinkRoutes(app: Hono, state: PlaidState): void {
  addFileRoutes(app)
  addWindowRoutes(app, state)
  addBankRoutes(app, state)
  addSettingRoutes(state)
}
