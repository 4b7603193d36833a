/** The bank's side of the account: documents it asks for, agreements that change, and what the account page shows. */
import type { WireBankAccount } from '@/lib/api/answers'
import { apply, ask, fillIn, openAccount, SSN } from './api'
import { expect, type Page, test } from './fixtures'
import { go, heading } from './onboarding-pages'
import { press } from './vendors'

/** A photo as a camera makes it. */
async function photo(page: Page, type: string, width: number, height: number): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const base64 = await page.evaluate(
    async ({ type, width, height }) => {
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width, height })
      const context = canvas.getContext('2d')
      for (let n = 0; context && n < 400; n++) {
        context.fillStyle = `hsl(${(n * 47) % 360} 60% 50%)`
        context.fillRect((n * 97) % width, (n * 61) % height, width / 9, height / 9)
      }
      return canvas.toDataURL(type).split(',')[1] ?? ''
    },
    { type, width, height }
  )
  return { name: `photo.${type.split('/')[1]}`, mimeType: type, buffer: Buffer.from(base64, 'base64') }
}

const row = (page: Page, type: string) => page.locator(`[data-document="${type}"]`)
const choose = async (page: Page, type: string, file: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]) =>
  row(page, type).locator('input[type=file]').first().setInputFiles(file)

test('documents are asked for, one is refused and replaced, and the account opens', async ({ home: page, person }) => {
  await apply(person, 'Documents', 'DOCUMENTS_NEEDED')
  await page.goto('/onboarding')
  await expect(heading(page, 'The bank needs to see more documents')).toBeVisible()
  await expect(page.getByText('Federal law asks the bank to confirm who you are')).toBeVisible()
  await expect(row(page, 'PASSPORT')).toContainText('Needed')

  await choose(page, 'PASSPORT', { name: 'scan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') })
  await expect(row(page, 'PASSPORT')).toContainText('not a photo')
  await choose(page, 'PASSPORT', await photo(page, 'image/png', 120, 80))
  await expect(row(page, 'PASSPORT')).toContainText('Needed again')
  await expect(row(page, 'PASSPORT')).toContainText('all four corners')
  await page.screenshot({ path: test.info().outputPath('documents.png'), fullPage: true })
  // Larger than the bank takes and no PNG: it is made to fit here.
  await choose(page, 'PASSPORT', await photo(page, 'image/jpeg', 4_000, 3_000))
  await expect(row(page, 'PASSPORT')).toContainText('With the bank')
  await choose(page, 'SELFIE', await photo(page, 'image/png', 900, 1_200))
  await expect(heading(page, 'Add the banks you already have')).toBeVisible({ timeout: 30_000 })
})

test('newer agreements send the person back to them, saying why', async ({ home: page, person }) => {
  await fillIn(person)
  await page.goto('/onboarding/submit')
  await press('jiko', '/agreements/publish', {})
  await page.getByLabel('What is your Social Security number?').fill(SSN)
  await go(page, 'Submit application')
  await expect(page).toHaveURL(/\/onboarding\/agreements$/)
  await expect(page.getByText('The bank has updated these documents')).toBeVisible()
  await page.getByRole('checkbox').check()
  await go(page)
  await expect(heading(page, 'Check your answers')).toBeVisible()
})

test('the account page shows what the money is in, takes another strategy, and tells a hold', async ({ home: page, person }) => {
  await openAccount(person)
  const { id } = await ask<WireBankAccount>(person, 'GET', '/account')
  expect(id).toBeTruthy()
  const { applications, pockets } = await press<{ applications: { customerId: string | null }[]; pockets: { id: string; customerId: string }[] }>(
    'jiko',
    '/ledger'
  )
  const mine = pockets.find(({ customerId }) => customerId === applications.at(-1)?.customerId) ?? pockets.at(-1)
  for (let n = 1; n <= 23; n++) await press('jiko', `/pockets/${mine?.id}/fund`, { cents: n * 1_000 })
  await page.goto('/account')
  const movements = page.getByRole('region', { name: 'Money in and out' }).getByRole('listitem')
  await expect(movements).toHaveCount(20)
  await page.getByRole('button', { name: 'Load more' }).first().click()
  await expect(movements).toHaveCount(23)
  const invested = page.getByRole('region', { name: 'What your money is in' })
  await expect(invested).toContainText('4-week')
  await invested.getByRole('button', { name: 'Change how new money is invested' }).click()
  await invested.getByRole('radio', { name: /13-week/ }).check()
  await invested.getByRole('button', { name: 'Save' }).click()
  await expect(invested.getByRole('button', { name: 'Change how new money is invested' })).toBeVisible()
  await expect(invested.getByText('13-week U.S. Treasury bills, 4.09%')).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('account.png'), fullPage: true })
})
