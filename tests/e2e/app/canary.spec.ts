import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import { expectNoSecrets, placesOf, storedTexts, type Text } from '@/tests/e2e/support/leaks'
import { stack } from '@/tests/e2e/support/stack'
import { linkThroughLink } from '@/tests/e2e/support/steps/link-pages'
import {
  acceptAgreements,
  answerQuestions,
  heading,
  sendSsn,
  submit
} from '@/tests/e2e/support/steps/onboarding-pages'
import { clearFaults, injectFault } from '@/tests/e2e/support/vendors'

/** A number that occurs nowhere else: valid, and random enough not to appear by chance. */
const canarySsn = () =>
  `21${Math.floor(Math.random() * 9)}${10 + Math.floor(Math.random() * 89)}${1_000 + Math.floor(Math.random() * 8_999)}`
const writings = (ssn: string) => [
  ssn,
  `${ssn.slice(0, 3)}-${ssn.slice(3, 5)}-${ssn.slice(5)}`,
  `${ssn.slice(0, 3)} ${ssn.slice(3, 5)} ${ssn.slice(5)}`
]

/**
 * Jiko refuses, loses its response and drops the connection once before it accepts the application.
 */
async function failEveryWay(page: Page, ssn: string): Promise<void> {
  const path = '/api/v1/applications/'
  await injectFault('jiko', { path, method: 'POST', kind: '422', times: 1 })
  await submit(page, ssn)
  await expect(page.getByText('Jiko could not accept your application')).toBeVisible()
  await injectFault('jiko', { path, method: 'POST', kind: 'truncated' })
  await submit(page, ssn)
  await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toBeVisible({
    timeout: 30_000
  })
  await clearFaults()
  await page.reload()
  await expect(heading(page, 'Enter your Social Security number once more')).toBeVisible()
  await injectFault('jiko', { path, method: 'POST', kind: 'reset', times: 1 })
  await sendSsn(page, ssn)
}

test('a Social Security number, an account number, an access token and our keys are found only where they belong', async ({
  home: page,
  context
}) => {
  test.setTimeout(180_000)
  const ssn = canarySsn()
  const texts: Text[] = []
  const answers: Promise<void>[] = []
  /** The one response that may contain the numbers is the reveal that the user requested. */
  const revealed = /\/api\/v1\/account\/portals$/
  context.on('request', (request) =>
    texts.push(
      ['address', request.url()],
      ['headers of a request', JSON.stringify(request.headers())]
    )
  )
  context.on('response', (response) => {
    texts.push(['headers of an answer', JSON.stringify(response.headers())])
    if (
      !response.url().startsWith(stack.appUrl) ||
      revealed.test(response.url()) ||
      response.headers()['content-type']?.includes('event-stream')
    )
      return
    answers.push(
      response.text().then(
        (text) => void texts.push([response.url(), text]),
        () => {}
      )
    )
  })

  await page.goto('/onboarding')
  await answerQuestions(page, 'Canary')
  await acceptAgreements(page)
  await failEveryWay(page, ssn)
  await expect(page.getByText('Your account is open')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Show numbers' }).click()
  const numbers = page.getByRole('definition').filter({ hasText: /\d{9,}/ })
  await expect(numbers).toHaveCount(2)
  const accountNumber = /\d{9,}/.exec((await numbers.nth(1).textContent()) ?? '')?.[0] ?? ''
  expect(accountNumber).toMatch(/^\d{9,}$/)
  await page.getByRole('button', { name: 'Hide numbers' }).click()
  await linkThroughLink(page)
  await expect(page).toHaveURL(/\/dashboard$/, { timeout: 30_000 })
  for (const path of ['/transactions', '/connections', '/account', '/dashboard']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    texts.push([`page ${path}`, await page.content()])
    texts.push([
      `data of ${path}`,
      await (await page.request.get(path, { headers: { rsc: '1' } })).text()
    ])
  }
  await expect(heading(page, 'Dashboard')).toBeVisible()
  texts.push(['browser storage', JSON.stringify(await context.storageState({ indexedDB: true }))])
  texts.push(['session storage', await page.evaluate(() => JSON.stringify({ ...sessionStorage }))])
  await Promise.all(answers)
  texts.push(...(await storedTexts(stack)))

  expect(placesOf(writings(ssn), texts), 'the Social Security number').toEqual([])
  expect(placesOf([accountNumber], texts), 'the account number').toEqual([])
  expectNoSecrets(stack, texts)
  // The same search finds what is present, so an empty result is meaningful.
  expect(placesOf(['Canary'], texts).length).toBeGreaterThan(0)
  expect(placesOf([page.url()], texts).length).toBeGreaterThan(0)
})
