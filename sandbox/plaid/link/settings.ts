/** Settings of Link in the browser, stored with the emulator's state. */
import { z } from 'zod'
import type { LinkBackend } from '@/sandbox/plaid/link/types'

const SettingsSchema = z.strictObject({
  /** `shuffled`: events arrive in any order, some after the callback, as the vendor warns. */
  events: z.enum(['batched', 'shuffled']).optional(),
  /** `redirect`: the OAuth bank opens in the app's own tab, as in a webview. */
  oauth: z.enum(['popup', 'redirect']).optional()
})

export type LinkSettings = {
  id: string
  events: 'batched' | 'shuffled'
  oauth: 'popup' | 'redirect'
}

const settingsCollection = (state: LinkBackend) =>
  state.sandbox.store.collection<LinkSettings>('link_settings')

export const readLinkSettings = (state: LinkBackend): LinkSettings =>
  settingsCollection(state).get('link') ?? { id: 'link', events: 'batched', oauth: 'popup' }

/** Adds GET and POST /_sandbox/link/settings `{events?, oauth?}`. */
export function addSettingRoutes(state: LinkBackend): void {
  state.sandbox.control.get('/link/settings', (c) => c.json(readLinkSettings(state)))
  state.sandbox.control.post('/link/settings', async (c) => {
    const parsed = SettingsSchema.safeParse(await c.req.json().catch(() => undefined))
    if (!parsed.success) return c.json({ error: parsed.error.issues }, 422)
    return c.json(settingsCollection(state).put({ ...readLinkSettings(state), ...parsed.data }))
  })
}

/** Controls for the console page. */
export const linkConsoleActions = [
  {
    label: 'Link events: in order',
    method: 'POST' as const,
    path: '/_sandbox/link/settings',
    body: { events: 'batched' }
  },
  {
    label: 'Link events: shuffled',
    method: 'POST' as const,
    path: '/_sandbox/link/settings',
    body: { events: 'shuffled' }
  },
  {
    label: 'OAuth bank: pop-up',
    method: 'POST' as const,
    path: '/_sandbox/link/settings',
    body: { oauth: 'popup' }
  },
  {
    label: 'OAuth bank: full redirect',
    method: 'POST' as const,
    path: '/_sandbox/link/settings',
    body: { oauth: 'redirect' }
  }
]
