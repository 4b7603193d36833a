/** The agreements page: electronic documents first, shown by a link that opens on another device. */
import { accessibilityViolations, overflowingElements } from '@/tests/e2e/support/accessibility'
import { esignLink, saveDraftAnswers } from '@/tests/e2e/support/api'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import {
  agreeElectronically,
  agreeToGroups,
  clickContinue,
  heading
} from '@/tests/e2e/support/steps/onboarding-pages'

const WIDTHS = [1280, 390, 320]

/** The page in light and dark colors, from desktop to a small phone, without an overflow. */
async function checkLooks(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await accessibilityViolations(page)).toEqual([])
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 844 })
      expect(await overflowingElements(page), `${name} at ${width}`).toEqual([])
    }
  }
  await page.emulateMedia({ colorScheme: null })
  if (before) await page.setViewportSize(before)
}

const linkOn = async (page: Page) =>
  esignLink((await page.getByRole('link', { name: /^Test page/ }).getAttribute('href')) ?? '')

test('the link in the test page is followed on another device, and the page continues by itself', async ({
  home: page,
  user,
  open
}) => {
  await saveDraftAnswers(user)
  await page.goto('/onboarding/agreements')
  const status = page.getByRole('status').filter({ hasText: /test page|PDF files/ })
  await expect(status).toHaveText(/^Waiting for you/)
  await checkLooks(page, 'agreements-esign')
  await clickContinue(page, 'Agree to electronic documents')
  await expect(page.getByText('There is a problem')).toBeVisible()
  await page.getByRole('checkbox', { name: /documents electronically/ }).check()
  await clickContinue(page, 'Agree to electronic documents')
  await expect(page.getByRole('link', { name: /^Open the test page and follow/ })).toBeVisible()

  const link = await linkOn(page)
  const phone = await open(undefined, { viewport: { width: 390, height: 844 } })
  await phone.goto(link)
  await expect(heading(phone, 'You opened the test page')).toBeVisible()
  await checkLooks(phone, 'esign-link')
  await expect(status).toHaveText(/^Waiting for you/)
  await phone.getByRole('button', { name: 'I can read this' }).click()
  await expect(heading(phone, 'Thank you')).toBeFocused()
  expect(phone.url()).not.toContain('#')

  await expect(status).toHaveText(/^You showed that you can open PDF files/)
  await expect(page.getByLabel('Or type the number on the test page')).toBeHidden()
  await agreeElectronically(page)
  await expect(page.getByRole('heading', { name: '2. Agree to the documents' })).toBeFocused()
  await checkLooks(page, 'agreements-groups')
  await clickContinue(page)
  await expect(
    page.getByRole('link', { name: 'Tick the box to agree to these documents' })
  ).toHaveCount(3)
  await agreeToGroups(page)
  await expect(heading(page, 'Check your answers')).toBeVisible()

  const again = await open()
  await again.goto(link)
  await again.getByRole('button', { name: 'I can read this' }).click()
  await expect(again.getByText('This link was used before')).toBeVisible()
})
