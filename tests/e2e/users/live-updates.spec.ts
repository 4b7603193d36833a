import type { Request } from '@playwright/test'
import { linkBank } from '@/tests/e2e/support/api'
import { itemOf } from '@/tests/e2e/support/database'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import { signIn } from '@/tests/e2e/support/users'
import { callControl } from '@/tests/e2e/support/vendors'

/** HTTP/1.1 allows six connections per host and browser, for all tabs together. */
const TABS = 6

test('@long six tabs share one connection, a seventh page opens at once, and another tab takes over when its tab closes', async ({
  context,
  user
}) => {
  const itemId = await itemOf(await linkBank(user))
  await signIn(context, user)
  const streams = new Set<Request>()
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/v1/events') streams.add(request)
  })
  const over = (request: Request) => void streams.delete(request)
  context.on('requestfinished', over)
  context.on('requestfailed', over)
  const open = async (path: string, title: string): Promise<Page> => {
    const tab = await context.newPage()
    await tab.goto(path, { timeout: 20_000 })
    await expect(tab.getByRole('heading', { name: title, level: 1 })).toBeVisible()
    return tab
  }
  const tabs: Page[] = []
  for (let n = 0; n < TABS; n++) tabs.push(await open('/dashboard', 'Dashboard'))
  const notice = (tab: Page) =>
    tab.getByRole('status').getByText('First Platypus Bank: sign-in needed')

  await callControl('plaid', `/items/${itemId}/reset-login`, {})
  for (const tab of tabs) await expect(notice(tab)).toBeVisible()
  await expect.poll(() => streams.size).toBe(1)
  await open('/connections', 'Connections')

  await tabs.shift()?.close()
  await callControl('plaid', `/items/${itemId}/repair`, {})
  for (const tab of tabs) await expect(notice(tab)).toBeHidden()
})
