import { accessibilityViolations, overflowingElements } from '@/tests/e2e/support/accessibility'
import { openAccount } from '@/tests/e2e/support/api'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { heading } from '@/tests/e2e/support/steps/onboarding-pages'

test('after approval, adding money and linking a bank are side by side', async ({
  home: page,
  user
}) => {
  await openAccount(user)
  await page.goto('/onboarding')
  await expect(heading(page, 'Two next steps')).toBeVisible()
  const cards = ['Add money', 'Link a bank'].map((name) =>
    page.getByRole('region', { name, exact: true })
  )
  const [money, bank] = await Promise.all(cards.map((card) => card.boundingBox()))
  expect(money?.y).toBe(bank?.y)
  expect(await accessibilityViolations(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await overflowingElements(page)).toEqual([])

  await page.getByRole('link', { name: 'Add money' }).click()
  await expect(page).toHaveURL(/\/account/)
  await expect(page.getByRole('heading', { level: 2, name: 'Add money' })).toBeFocused()
  await expect(page.getByText('Plaid opens once more, this time for Jiko')).toBeVisible()
})
