import { expect, test } from '@playwright/test'
import { onboard } from '@/tests/e2e/browsers/onboarding-steps'
import { openScreen, type Screen, until } from '@/tests/e2e/browsers/screen'
import { treeFaults } from '@/tests/e2e/browsers/tree'
import type { BrowserSetup } from '@/tests/e2e/browsers/webdriver'
import { query } from '@/tests/e2e/support/database'
import { createPageUsers, PAGES } from '@/tests/e2e/support/pages'
import { stack } from '@/tests/e2e/support/stack'
import { BANK } from '@/tests/e2e/support/steps/link-pages'
import { newEmail, signIn } from '@/tests/e2e/support/users'
import { callControl, plaidItems } from '@/tests/e2e/support/vendors'

const setup = JSON.parse(process.env.E2E_BROWSER ?? '{}') as BrowserSetup

let screen: Screen
test.beforeEach(async () => {
  screen = await openScreen(setup)
})
test.afterEach(async ({ browserName: _ }, { status, title }) => {
  const file = `test-results/${setup.kind}-${title.replaceAll(/\W+/g, '-')}.png`
  if (status === 'failed' || status === 'timedOut') {
    await screen.screenshot(file).catch(() => {})
    console.log(await screen.describe().catch(String))
  }
  await screen.quit()
})

/** Waits for the state with this heading and checks its accessibility tree. */
async function state(heading: string | RegExp): Promise<void> {
  await screen.heading(heading)
  expect.soft(await treeFaults(screen), `${heading}`).toEqual([])
}

test('the whole journey works, and each of its states has a correct accessibility tree', async () => {
  const email = newEmail()
  await test.step('sign up and apply', () => onboard(screen, email, state))
  await test.step('link a bank', linkBank)
  await test.step('dashboard', async () => {
    await state('Dashboard')
    await until('the time zone', async () => {
      const cookies = await screen.run<string>('return document.cookie')
      return cookies.includes('pangea_zone=') || null
    })
    await receiveTransaction(email)
  })
  await test.step('transactions', useTransactions)
  await test.step('sign out', signOut)
})

async function linkBank(): Promise<void> {
  await screen.press('button', 'Add a bank account')
  await screen.inLink(async () => {
    await screen.heading('Connect your bank to Pangea')
    await screen.press('button', 'Continue')
    await screen.heading('Select your bank')
    await screen.type('Search for a bank', BANK)
    await screen.press('button', new RegExp(BANK))
    await screen.heading(`Log in at ${BANK}`)
    await screen.type('Username', 'user_good')
    await screen.type('Password', 'pass_good')
    await screen.press('button', 'Log in')
    await screen.heading('Select accounts')
    await screen.press('button', 'Continue')
    await screen.heading(/You’re connected/)
    await screen.press('button', 'Continue')
  })
}

/** It appears on the open page without a reload. */
async function receiveTransaction(email: string): Promise<void> {
  const [user] = await query<{ id: string }>('select id from users where email = $1', [email])
  const findItem = async () => (await plaidItems(user?.id ?? ''))[0] ?? null
  const item = await until('the connection at Plaid', findItem)
  await callControl('plaid', `/items/${item.itemId}/transactions`, {
    transactions: [{ name: 'Corner Bakery Live', amount: 12.34 }]
  })
  await screen.hasText('Corner Bakery Live')
}

async function useTransactions(): Promise<void> {
  await screen.press('link', 'Transactions')
  await state('Transactions')
  const row = /^Corner Bakery Live, −\$12\.34, /
  await screen.press('button', row)
  await state('Corner Bakery Live')
  await screen.press('button', 'Close')
  await isClosed()
  await screen.press('button', row)
  await screen.heading('Corner Bakery Live')
  await screen.pressAt(40, 400)
  await isClosed()
  await screen.type('Search', 'no such merchant')
  await screen.hasText('No transactions match')
  for (const place of ['Connections', 'Account']) {
    await screen.press('link', place)
    await state(place)
  }
}

const isClosed = () =>
  until(
    'the closed panel',
    async () =>
      (await screen.run<boolean>("return !document.querySelector('dialog[open]')")) || null
  )

async function signOut(): Promise<void> {
  await screen.press('button', /open user menu/i)
  await screen.press('button', 'Sign out')
  await state(/All your money/)
  await screen.goto(`${stack.appUrl}/dashboard`)
  await screen.heading(/Sign in to Pangea/)
}

const FAULTY = '<body><h1>Page</h1><h3>Part</h3><button></button></body>'

test('faults of an accessibility tree are found', async () => {
  await screen.goto('about:blank')
  await screen.run('document.documentElement.innerHTML = arguments[0]', FAULTY)
  const faults = (await treeFaults(screen)).join('\n')
  for (const fault of [/0 main landmarks/, /jumps to level 3/, /no name: <button/])
    expect(faults).toMatch(fault)
})

test('every page has a correct accessibility tree', async () => {
  const users = await createPageUsers()
  for (const { name, user: key, path, query: search = '', ready } of PAGES) {
    await test.step(name, async () => {
      // Cookies can be set only on a page of their site.
      await screen.goto(`${stack.appUrl}/robots.txt`)
      await screen.driver.send('DeleteAllCookies')
      const user = users[key]
      if (user) await signIn({ addCookies }, user)
      await screen.goto(stack.appUrl + path + search)
      await screen.heading(ready)
      expect.soft(await treeFaults(screen), name).toEqual([])
    })
  }
})

async function addCookies(cookies: readonly { name: string; value: string }[]): Promise<void> {
  for (const { name, value } of cookies)
    await screen.driver.send('AddCookie', { cookie: { name, value, path: '/' } })
}
