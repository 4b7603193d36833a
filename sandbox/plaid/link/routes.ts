/** Every route of Link in the browser: script, panel, its calls, and the OAuth bank's pages. */
import type { Hono } from 'hono'
import { addOauthBankRoutes } from '@/sandbox/plaid/link/oauth-bank'
import { addPanelRoutes } from '@/sandbox/plaid/link/panel-routes'
import { addSettingRoutes } from '@/sandbox/plaid/link/settings'
import { addStaticRoutes } from '@/sandbox/plaid/link/static-files'
import type { LinkBackend } from '@/sandbox/plaid/link/types'

/**
 * Adds the emulated Plaid Link (contracts/plaid.md section 5) to the Plaid emulator. Needs no keys:
 * a Link token authorizes.
 */
export function addLinkRoutes(app: Hono, state: LinkBackend): void {
  addStaticRoutes(app)
  addPanelRoutes(app, state)
  addOauthBankRoutes(app, state)
  addSettingRoutes(state)
}
