/** The states behind the pages of a user with a linked bank: dialogs, forms, results. */
import { expect, type Page } from '@/tests/e2e/support/fixtures'
import { openLink } from '@/tests/e2e/support/steps/link-pages'

const line = (page: Page) => page.locator('[data-line]').first()
export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name }).filter({ visible: true }).first()
/** Waits for a field with an error. */
export const invalid = (page: Page) =>
  expect(page.locator('[aria-invalid=true]').first()).toBeVisible()

/** `reach` opens the state from the page at `path`. */
export type State = {
  name: string
  path: string
  reach: (page: Page) => Promise<unknown>
  /** The focus has moved on, for example to the list of errors. */
  movesFocus?: boolean
  /** Clerk draws the icons of devices and methods without a name; each stands beside its text. */
  clerkIcons?: boolean
}

const TRANSACTIONS: State[] = [
  {
    name: 'transaction',
    path: '/transactions',
    reach: async (page) => {
      await line(page).click()
      await expect(page.getByRole('dialog')).toContainText('Counts as')
    }
  },
  {
    name: 'transaction edit',
    path: '/transactions',
    reach: async (page) => {
      await line(page).focus()
      await page.keyboard.press('e')
      await expect(page.getByRole('dialog').getByLabel('Note')).toBeVisible()
    }
  },
  {
    name: 'bulk edit',
    path: '/transactions',
    reach: async (page) => {
      await line(page).focus()
      await page.keyboard.press('x')
      await page.keyboard.press('e')
      await expect(page.getByRole('dialog').getByLabel('Add tags')).toBeVisible()
    }
  },
  {
    name: 'filters',
    path: '/transactions?flow=out&from=2026-01-01',
    reach: (page) => page.getByText('Filters and order').click()
  },
  {
    name: 'no results',
    path: '/transactions?q=no+such+merchant',
    reach: (page) => expect(page.getByRole('heading', { name: /No transactions/ })).toBeVisible()
  },
  {
    name: 'rule with an error',
    path: '/transactions/rules',
    reach: async (page) => {
      await button(page, 'New rule').click()
      await button(page, 'Save rule').click()
      await expect(page.getByRole('main').getByRole('alert').first()).toBeVisible()
    }
  }
]

const addAsset = (page: Page) =>
  page
    .getByRole('region', { name: 'Other things you own or owe' })
    .getByRole('button', { name: /^Add/ })
    .click()

const MONEY: State[] = [
  {
    name: 'dashboard with every detail open',
    path: '/dashboard',
    reach: (page) =>
      page.evaluate(() => {
        for (const one of document.querySelectorAll('details')) one.open = true
      })
  },
  { name: 'add an asset', path: '/dashboard', reach: addAsset },
  {
    name: 'add an asset, with errors',
    path: '/dashboard',
    movesFocus: true,
    reach: async (page) => {
      await addAsset(page)
      await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
      await invalid(page)
    }
  },
  {
    name: 'asset',
    path: '/dashboard',
    reach: (page) => button(page, /Harbour House/).click()
  },
  {
    name: 'shortcuts',
    path: '/dashboard',
    reach: (page) => page.keyboard.press('?')
  },
  {
    name: 'account numbers and a withdrawal',
    path: '/account',
    reach: async (page) => {
      await button(page, 'Show numbers').click()
      await button(page, 'Withdraw').click()
      await expect(page.getByRole('heading', { name: 'Withdraw money' })).toBeVisible()
    }
  }
]

const CONNECTIONS: State[] = [
  {
    name: 'disconnect',
    path: '/connections',
    reach: (page) => button(page, /^Disconnect/).click()
  },
  {
    name: 'rename an account',
    path: '/connections',
    reach: (page) => button(page, /^Rename or hide/).click()
  },
  { name: 'Link', path: '/connections', reach: (page) => openLink(page, 'Add another bank') }
]

const SETTINGS: State[] = [
  {
    name: 'security',
    path: '/settings',
    clerkIcons: true,
    reach: async (page) => {
      await button(page, 'Security').click()
      await expect(page.getByRole('heading', { name: 'Security' })).toBeVisible()
    }
  },
  {
    name: 'user menu',
    path: '/dashboard',
    reach: async (page) => {
      await button(page, /open user menu/i).click()
      await expect(button(page, 'Sign out')).toBeVisible()
    }
  },
  {
    name: 'deletion with an error',
    path: '/settings/data',
    reach: async (page) => {
      await button(page, /^Delete/).click()
      await invalid(page)
    }
  }
]

export const PAGE_STATES = { TRANSACTIONS, MONEY, CONNECTIONS, SETTINGS }
