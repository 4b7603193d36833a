/** The application on small and zoomed screens, with and without errors. */

import { accessibilityViolations, overflowingElements } from '@/tests/e2e/support/accessibility'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import { CODE } from '@/tests/e2e/support/steps/clerk-pages'
import {
  acceptAgreements,
  answerQuestions,
  clickContinue,
  heading,
  QUESTION_PAGES,
  sendSsn,
  submit
} from '@/tests/e2e/support/steps/onboarding-pages'

const summary = (page: Page) => page.getByRole('alert').filter({ hasText: 'There is a problem' })

/** Continues without input; the error summary is on top, has the focus, and links to each field. */
async function expectSummary(page: Page, button = 'Continue'): Promise<void> {
  await clickContinue(page, button)
  await expect(summary(page)).toBeFocused()
  await expect(page).toHaveTitle(/^Error: /)
  for (const link of await summary(page).getByRole('link').all()) {
    const field = page.locator((await link.getAttribute('href')) ?? 'nowhere')
    await link.click()
    await expect(field).toBeFocused()
    await expect(field).toBeInViewport()
    await expect(field).toHaveAccessibleDescription(
      new RegExp(`Error: ${await link.textContent()}`)
    )
  }
  expect(await accessibilityViolations(page), page.url()).toEqual([])
  expect(await overflowingElements(page), page.url()).toEqual([])
}

async function proveWithMistake(page: Page): Promise<void> {
  await clickContinue(page, 'Text me a code')
  await expect(page.getByLabel('Code from the text message')).toBeVisible()
  await expectSummary(page)
  await page.getByLabel('Code from the text message').fill(CODE)
  await clickContinue(page)
}

test('@long every application page shows a focused error summary that links to each field, at 200% zoom', async ({
  home: page
}) => {
  test.setTimeout(120_000)
  await page.setViewportSize({ width: 640, height: 400 })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/onboarding')
  for (const { segment, title, answer } of QUESTION_PAGES) {
    await expect(heading(page, title)).toBeVisible()
    if (segment !== 'affiliations') await expectSummary(page)
    await answer(page, 'Okafor')
    await clickContinue(page)
    if (segment === 'phone') await proveWithMistake(page)
  }
  await expect(heading(page, /Read and agree/)).toBeVisible()
  await expect(page.getByLabel('Number on the test page')).toBeVisible()
  await expectSummary(page)
  await acceptAgreements(page)
  await expect(heading(page, 'Check your answers')).toBeVisible()
  await page.getByRole('link', { name: 'Continue', exact: true }).click()
  await expect(heading(page, /Social Security number/)).toBeVisible()
  await expectSummary(page, 'Submit application')
})

test('@long an application started on a phone is finished in another browser with everything kept', async ({
  open,
  user
}) => {
  test.setTimeout(120_000)
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
  const page = await open(user, phone)
  await page.goto('/onboarding')
  const half = QUESTION_PAGES.findIndex(({ segment }) => segment === 'work')
  for (const { title, answer, afterwards } of QUESTION_PAGES.slice(0, half)) {
    await expect(heading(page, title)).toBeVisible()
    expect(await overflowingElements(page), title).toEqual([])
    await answer(page, 'O’Brien-Núñez')
    await clickContinue(page)
    await afterwards?.(page)
  }
  await expect(heading(page, QUESTION_PAGES[half]?.title ?? '')).toBeVisible()
  await page.context().close()

  const other = await open(user, { ...phone, viewport: { width: 320, height: 640 } })
  await other.goto('/onboarding')
  await answerQuestions(other, '', half)
  await acceptAgreements(other)
  await expect(heading(other, 'Check your answers')).toBeVisible()
  for (const kept of ['Ada O’Brien-Núñez', 'Mar 27, 1985', '1 Market Street', user.email])
    await expect(other.getByRole('main')).toContainText(kept)
  expect(await overflowingElements(other)).toEqual([])
  await submit(other, '')
  await expect(summary(other)).toBeFocused()
  await sendSsn(other)
  await expect(other.getByText('Your account is open')).toBeVisible({ timeout: 30_000 })
  expect(await overflowingElements(other)).toEqual([])
})
