/** Plaid Link, a frame inside the page. */
import { expect, type FrameLocator, type Page } from '@playwright/test'

export const BANK = 'First Platypus Bank'

export const linkFrame = (page: Page): FrameLocator =>
  page.frameLocator('iframe[title*="connect a bank account"]')
export const pane = (page: Page, title: string | RegExp) =>
  linkFrame(page).getByRole('heading', { level: 1, name: title })
export const next = (page: Page, name = 'Continue') =>
  linkFrame(page).getByRole('button', { name, exact: true }).click()

export const openLink = async (
  page: Page,
  label: string | RegExp = 'Add a bank account',
  client = 'Pangea'
): Promise<void> => {
  await page.getByRole('button', { name: label }).click()
  await expect(pane(page, `Connect your bank to ${client}`)).toBeVisible({ timeout: 20_000 })
}

/** From Link's first pane to the bank's login. */
export async function chooseBank(page: Page, bank = BANK): Promise<void> {
  await next(page)
  await expect(pane(page, 'Select your bank')).toBeVisible()
  await linkFrame(page).getByRole('searchbox', { name: 'Search for a bank' }).fill(bank)
  await linkFrame(page).getByRole('button', { name: bank }).first().click()
  await expect(pane(page, `Log in at ${bank}`)).toBeVisible()
}

export async function logIn(
  page: Page,
  password = 'pass_good',
  username = 'user_good'
): Promise<void> {
  await linkFrame(page).getByLabel('Username').fill(username)
  await linkFrame(page).getByLabel('Password').fill(password)
  await next(page, 'Log in')
}

/** From the accounts to the end of Link. */
export async function shareAccounts(page: Page): Promise<void> {
  await expect(pane(page, 'Select accounts')).toBeVisible()
  await next(page)
  await expect(pane(page, /You’re connected/)).toBeVisible()
  await next(page)
}

/** The whole of Link with a good login. */
export async function linkThroughLink(page: Page, bank = BANK): Promise<void> {
  await openLink(page)
  await chooseBank(page, bank)
  await logIn(page)
  await shareAccounts(page)
}
