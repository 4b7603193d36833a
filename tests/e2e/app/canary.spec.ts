import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { query } from '@/tests/e2e/support/database'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
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

/** Every value of every row of every table, as text. */
async function dump(): Promise<[place: string, text: string][]> {
  const tables = await query<{ name: string }>(
    "select table_schema || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'"
  )
  expect(tables.length).toBeGreaterThan(15)
  const texts: [string, string][] = []
  for (const { name } of tables)
    texts.push([
      `table ${name}`,
      JSON.stringify(await query(`select to_jsonb(t) as row from ${name} t`))
    ])
  return texts
}

const logs = (): [string, string][] =>
  readdirSync(stack.logs).map((name) => [
    `log ${name}`,
    readFileSync(join(stack.logs, name), 'utf8')
  ])

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
  test.setTimeout(120_000)
  const ssn = canarySsn()
  const texts: [place: string, text: string][] = []
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
  texts.push(...(await dump()), ...logs())

  const found = (needles: string[]) =>
    texts
      .filter(([, text]) => needles.some((needle) => text.includes(needle)))
      .map(([place]) => place)
  expect(found(writings(ssn)), 'the Social Security number').toEqual([])
  expect(found([accountNumber]), 'the account number').toEqual([])
  expect(
    texts
      .filter(([, text]) => /access-(sandbox|production|development)-/.test(text))
      .map(([place]) => place),
    'access tokens'
  ).toEqual([])
  for (const [name, value] of Object.entries(stack.secrets)) {
    const parts = value
      .split(',')
      .flatMap((part) =>
        ['ENCRYPTION_KEYS', 'AUDIT_KEYS'].includes(name) ? part.split(':').slice(1) : part
      )
    for (const part of parts) {
      expect(part.length, name).toBeGreaterThan(8)
      expect(found([part]), name).toEqual([])
    }
  }
  // The same search finds what is present, so an empty result is meaningful.
  expect(found(['Canary']).length).toBeGreaterThan(0)
  expect(found([page.url()]).length).toBeGreaterThan(0)
})
