/** What pangea.config.ts decides, with whichever brand the app was built. */
import { QUESTIONS } from '@/lib/domain/onboarding/onboarding'
import { brand, dashboard, plaid } from '@/pangea.config'
import { linkBank } from '@/tests/e2e/support/api'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { next, openLink, pane } from '@/tests/e2e/support/steps/link-pages'
import { heading } from '@/tests/e2e/support/steps/onboarding-pages'

test('an application begins with the first question of the order @long', async ({ home: page }) => {
  await page.goto('/onboarding')
  await expect(page).toHaveURL(new RegExp(`/onboarding/${QUESTIONS[0]?.segment}$`))
})

test('sign-in and Link’s consent name the brand @long', async ({ page, open, user }) => {
  await page.goto('/sign-in')
  await expect(heading(page, `Sign in to ${brand.name}`)).toBeVisible()
  const home = await open(user)
  await home.goto('/connections')
  await openLink(home, 'Add a bank account', plaid.clientName)
  await next(home)
  await expect(pane(home, 'Select your bank')).toBeVisible()
})

test('the dashboard has the cards of the configuration, in its order @long', async ({
  home: page,
  user
}) => {
  await linkBank(user)
  // The list of sections is for phones.
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto('/dashboard')
  const shown = page.getByRole('navigation', { name: 'On this page' }).getByRole('link')
  await expect(shown.first()).toBeVisible()
  const ids = await shown.evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  const wanted = [dashboard.first, dashboard.below].flatMap(({ left, right }) => [
    ...left,
    ...right
  ])
  // Without an application the account's card offers one.
  expect(ids).toEqual(
    [...wanted.map((name) => (name === 'account' ? 'open-account' : name)), 'banks'].map(
      (id) => `#${id}`
    )
  )
})
