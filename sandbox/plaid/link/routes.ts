import type { Hono } from 'hono'
import type { PlaidState } from '../link-session'

/** Adds the Link script and window to the stand-in. */
export function addLinkRoutes(_app: Hono, _state: PlaidState): void {}
