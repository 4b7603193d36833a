import { formatTypedSsn } from '@/lib/domain/onboarding/typed-format'
import { completeDraft, saveDraftAnswers } from '@/tests/e2e/support/api'
import { query } from '@/tests/e2e/support/database'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import {
  acceptAgreements,
  clickContinue,
  heading,
  QUESTION_PAGES,
  sendSsn,
  submit
} from '@/tests/e2e/support/steps/onboarding-pages'

const summary = (page: Page) => page.getByRole('alert').filter({ hasText: 'There is a problem' })

test('an applicant under 18 sees an explanation, and the date is not stored', async ({
  home: page,
  user
}) => {
  await saveDraftAnswers(user, { until: 'dateOfBirth' })
  await page.goto('/onboarding')
  await page.getByLabel('Month').fill('1')
  await page.getByLabel('Day').fill('1')
  await page.getByLabel('Year').fill(String(new Date().getFullYear() - 17))
  await clickContinue(page)
  await expect(heading(page, 'You need to be 18 to open an account')).toBeVisible()
  await page.getByRole('link', { name: 'Change your date of birth' }).click()
  await expect(page.getByLabel('Year')).toHaveValue('')
})

test('@long an applicant outside the service area sees an explanation, and the address is not stored', async ({
  home: page,
  user
}) => {
  await saveDraftAnswers(user, { until: 'address' })
  await page.goto('/onboarding')
  await page.getByLabel('State').selectOption({ label: 'Outside the United States' })
  await clickContinue(page)
  await expect(heading(page, 'Jiko does not serve the place where you live yet')).toBeVisible()
  await page.getByRole('link', { name: 'Change your address' }).click()
  await expect(page.getByLabel('State')).toHaveValue('')
})

test('a PO box is refused, a ZIP code of another state needs confirmation, and typed text stays', async ({
  home: page,
  user
}) => {
  await saveDraftAnswers(user, { until: 'address' })
  await page.goto('/onboarding')
  await QUESTION_PAGES.find(({ segment }) => segment === 'address')?.answer(page, '')
  await page.getByLabel('Street address').fill('P.O. Box 12')
  await clickContinue(page)
  await expect(summary(page)).toContainText('Enter the street address where you live, not a PO box')
  await expect(summary(page)).toBeFocused()
  await expect(page).toHaveTitle(/^Error: /)
  await expect(page.getByLabel('City')).toHaveValue('San Francisco')
  await summary(page).getByRole('link').click()
  await expect(page.getByLabel('Street address')).toBeFocused()
  await page.getByLabel('Street address').fill('1 Market Street')
  await page.getByLabel('ZIP code').fill('89501')
  await clickContinue(page)
  await expect(summary(page)).toContainText('ZIP code 89501 is usually in Nevada')
  await clickContinue(page)
  await expect(heading(page, 'Which describes your work best?')).toBeVisible()
})

test('@long invalid dates are refused', async ({ home: page, user }) => {
  await saveDraftAnswers(user, { until: 'dateOfBirth' })
  await page.goto('/onboarding')
  for (const [month, day, year, words] of [
    ['2', '30', '1985', 'Enter a real date'],
    ['13', '1', '1985', 'Month must be a number from 1 to 12'],
    ['2', '29', '1999', 'Enter a real date'],
    ['', '', '', 'Enter your date of birth'],
    ['smarch', '1', '1985', 'Month must be a number']
  ] as const) {
    await page.getByLabel('Month').fill(month)
    await page.getByLabel('Day').fill(day)
    await page.getByLabel('Year').fill(year)
    await clickContinue(page)
    await expect(summary(page)).toContainText(words)
  }
})

test('a Social Security number with letters is refused and not sent to Jiko', async ({
  home: page,
  user
}) => {
  await completeDraft(user)
  await page.goto('/onboarding/submit')
  for (const typed of ['12a-45-6789', '12345678', '000-12-3456', '']) {
    await sendSsn(page, typed)
    await expect(summary(page)).toContainText('Social Security number')
    await expect(page.getByLabel(/Social Security number/).first()).toHaveValue(
      formatTypedSsn(typed)
    )
  }
  expect(await query('select 1 from applications where user_id = $1', [user.userId])).toEqual([])
})

test('@long a name of 5,000 characters or with emoji is refused, accents are kept, and typed text stays', async ({
  home: page
}) => {
  await page.goto('/onboarding')
  await page.getByLabel('First name').fill('x'.repeat(5_000))
  await page.getByLabel('Last name').fill('Okafor')
  await clickContinue(page)
  await expect(summary(page)).toContainText('First name must be 50 characters or fewer')
  await expect(page.getByLabel('First name')).toHaveValue('x'.repeat(5_000))
  await page.getByLabel('First name').fill('Zoë 🦦 <b>Ø</b>')
  await clickContinue(page)
  await expect(summary(page)).toContainText(
    'First name must have only letters, spaces, hyphens and apostrophes'
  )
  await expect(page.getByLabel('First name')).toHaveValue('Zoë 🦦 <b>Ø</b>')
  await page.getByLabel('First name').fill('Zoë Ø')
  await clickContinue(page)
  await expect(heading(page, 'What is your date of birth?')).toBeVisible()
  await page.getByRole('link', { name: 'Back' }).click()
  await expect(page.getByLabel('First name')).toHaveValue('Zoë Ø')
})

test('a double click sends one application, and going back cannot send another', async ({
  home: page,
  user
}) => {
  await completeDraft(user)
  await page.goto('/onboarding/submit')
  let sent = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/application/submit')) sent++
  })
  await page
    .getByLabel(/Social Security number/)
    .first()
    .fill('219-09-9999')
  await page.getByRole('button', { name: 'Submit application' }).dblclick()
  await expect(page.getByText('Your account is open')).toBeVisible({ timeout: 30_000 })
  expect(sent).toBe(1)
  await page.goBack()
  await page.goto('/onboarding/submit')
  await expect(page).toHaveURL(/\/onboarding\/link-bank$/)
  expect(await query('select 1 from applications where user_id = $1', [user.userId])).toHaveLength(
    1
  )
})

test('two tabs: both tabs’ answers are saved, and the second to finish finds the account', async ({
  home: page,
  context,
  user
}) => {
  await saveDraftAnswers(user, { until: 'income' })
  const other = await context.newPage()
  await page.goto('/onboarding/income')
  await other.goto('/onboarding/name')
  await other.getByLabel('Middle name (optional)').fill('Grace')
  await page.getByRole('radio', { name: 'More than $250,000' }).check()
  await Promise.all([clickContinue(page), clickContinue(other)])
  // A background tab draws one frame a second, and every click waits for two.
  await page.bringToFront()
  await expect(heading(page, 'What is your net worth?')).toBeVisible()
  await page.getByRole('radio', { name: 'More than $5 million' }).check()
  await clickContinue(page)
  await expect(heading(page, 'Does either of these apply to you?')).toBeVisible()
  await clickContinue(page)
  await acceptAgreements(page)
  await expect(page.getByText('Ada Grace Okafor')).toBeVisible()
  await expect(page.getByText('More than $250,000')).toBeVisible()
  await other.goto('/onboarding/submit')
  await submit(page)
  await expect(page.getByText('Your account is open')).toBeVisible({ timeout: 30_000 })
  await sendSsn(other)
  await expect(other.getByText('Your account is open')).toBeVisible({ timeout: 30_000 })
  expect(await query('select 1 from applications where user_id = $1', [user.userId])).toHaveLength(
    1
  )
})

test('@long a reload at every step loses nothing', async ({ home: page }) => {
  await page.goto('/onboarding')
  for (const { title, answer: fill, afterwards } of QUESTION_PAGES) {
    await expect(heading(page, title)).toBeVisible()
    await page.reload()
    await expect(heading(page, title)).toBeVisible()
    await fill(page, 'Okafor')
    await clickContinue(page)
    await afterwards?.(page)
  }
  await expect(heading(page, /Read and agree/)).toBeVisible()
  await page.reload()
  await acceptAgreements(page)
  await expect(heading(page, 'Check your answers')).toBeVisible()
  await page.reload()
  await submit(page)
  await expect(
    heading(page, /Jiko has your application|Add the banks|You’re approved/)
  ).toBeVisible({ timeout: 20_000 })
  await page.reload()
  await expect(page.getByText('Your account is open')).toBeVisible({ timeout: 30_000 })
})

test('steps cannot be skipped', async ({ home: page }) => {
  for (const step of [
    'submit',
    'check',
    'agreements',
    'income',
    'link-bank',
    'account',
    'status',
    'ssn-again'
  ]) {
    await page.goto(`/onboarding/${step}`)
    await expect(page, step).toHaveURL(/\/onboarding\/name$/)
  }
  expect((await page.goto('/onboarding/no-such-step'))?.status()).toBe(404)
})
