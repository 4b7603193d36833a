import { clientOf, linkBank } from '@/tests/e2e/support/api'
import { itemOf } from '@/tests/e2e/support/database'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { activate, tabTo, typeInto } from '@/tests/e2e/support/keyboard'
import { BANK, linkFrame, next, openLink, pane } from '@/tests/e2e/support/steps/link-pages'
import { callControl as pressVendor } from '@/tests/e2e/support/vendors'

const OAUTH_BANK = 'Platypus OAuth Bank'

test('a bank that needs a new login is repaired, refreshed and disconnected without a mouse', async ({
  home: page,
  user
}) => {
  await pressVendor('plaid', `/items/${await itemOf(await linkBank(user))}/reset-login`, {})
  await page.goto('/dashboard')
  await activate(page, 'link', /^Sign in again/)
  await activate(page, 'button', /^Sign in again/)
  await expect(pane(page, `Log in again at ${BANK}`)).toBeVisible({ timeout: 20_000 })
  await typeInto(page, 'Username', 'user_good', true)
  await typeInto(page, 'Password', 'pass_good', true)
  await page.keyboard.press('Enter')
  await expect(pane(page, 'Select accounts')).toBeVisible()
  await activate(page, 'button', 'Continue', true)
  await expect(pane(page, 'You’re reconnected')).toBeVisible()
  await activate(page, 'button', 'Continue', true)
  await expect(
    page.getByText(`You’re reconnected to ${BANK}. New transactions are coming in.`)
  ).toBeVisible()

  const card = page.getByRole('region', { name: BANK })
  await expect(card.getByText('Up to date')).toBeVisible()
  for (const fact of ['Bank data as of', 'Last checked'])
    await expect(card.getByText(fact)).toBeVisible()
  await activate(page, 'button', /^Check now/)
  await expect(card.getByRole('button', { name: /^Again in \d+ s/ })).toBeVisible()

  await activate(page, 'button', /^Disconnect/)
  const dialog = page.getByRole('dialog', { name: `Disconnect ${BANK}?` })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(card.getByRole('button', { name: /^Disconnect/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await tabTo(page, 'radio', /^Keep its history/)
  await page.keyboard.press('ArrowDown')
  await activate(page, 'button', 'Disconnect and erase')
  await expect(page.getByRole('heading', { name: 'Add the banks you already have' })).toBeVisible()
})

test('the dashboard keeps the figures of a disconnected bank whose history was kept', async ({
  home: page,
  user
}) => {
  await clientOf(user).deleteConnectionsById({
    params: { id: await linkBank(user) },
    body: { history: 'keep' }
  })
  await page.goto('/dashboard')
  for (const name of ['Cash flow', 'Spending', 'Top merchants', 'Latest transactions'])
    await expect(page.getByRole('region', { name })).toContainText('$')
})

test('an OAuth bank returns to the page where Link began, also after a reload and without browser storage', async ({
  home: page,
  open,
  user
}) => {
  // Without pop-ups an OAuth bank uses the same window.
  await page.addInitScript(() => {
    window.open = () => null
  })
  await page.goto('/connections')
  await openLink(page)
  await next(page)
  await linkFrame(page).getByRole('searchbox', { name: 'Search for a bank' }).fill(OAUTH_BANK)
  await linkFrame(page).getByRole('button', { name: OAUTH_BANK }).first().click()
  await expect(pane(page, `Log in at ${OAUTH_BANK}`)).toBeVisible()
  await next(page, `Continue to ${OAUTH_BANK}`)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('button', { name: 'Approve' }).click()
  await expect(page).toHaveURL(/\/connections\/return\?oauth_state_id=/)
  const came = page.url()
  await expect(pane(page, /You’re connected/)).toBeVisible({ timeout: 20_000 })
  await next(page)
  await expect(page).toHaveURL(/\/dashboard$/, { timeout: 30_000 })

  const elsewhere = await open(user)
  for (const browser of [page, elsewhere]) {
    await browser.goto(came)
    await expect(browser.getByText('This bank is linked')).toBeVisible()
  }
})
