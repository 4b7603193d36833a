/** Everything the browser loads or calls while Link is open: the script, the panel, its calls, and the OAuth bank's pages. */
import type { Hono } from 'hono'
import { addOauthBankRoutes } from '@/sandbox/plaid/link/oauth-bank'
import { addPanelRoutes } from '@/sandbox/plaid/link/panel-routes'
import { addSettingRoutes } from '@/sandbox/plaid/link/settings'
import { addStaticRoutes } from '@/sandbox/plaid/link/static-files'
import type { LinkBackend } from '@/sandbox/plaid/link/types'

/** Adds the stand-in for Plaid Link (contracts/plaid.md section 5) to the Plaid stand-in. Needs no keys: a Link token is the permission. */
export function addLinkRoutes(app: Hono, state: LinkBackend): void {
  addStaticRoutes(app)
  addPanelRoutes(app, state)
  addOauthBankRoutes(app, state)
  addSettingRoutes(state)
}
