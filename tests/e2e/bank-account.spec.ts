/** The bank's side of the account: documents it asks for, and what the account page shows. */
import { apply, openAccount } from './api'
import { query } from './database'
import { expect, type Page, test } from './fixtures'
import { heading } from './onboarding-pages'
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

const pocketOf = async (userId: string): Promise<string> => {
  const [found] = await query<{ jiko_pocket_id: string }>('select jiko_pocket_id from bank_accounts where user_id = $1', [userId])
  return found?.jiko_pocket_id ?? ''
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

test('the account page shows what the money is in, takes another strategy, and tells a hold', async ({ home: page, person }) => {
  await openAccount(person)
  const pocket = await pocketOf(person.userId)
  for (let n = 1; n <= 23; n++) await press('jiko', `/pockets/${pocket}/fund`, { cents: n * 1_000 })
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

  await expect(page.getByRole('button', { name: 'Show numbers' })).toBeVisible()
  await press('jiko', `/pockets/${pocket}/status`, { status: 'FROZEN' })
  // A hold sends nothing by itself; the next movement does.
  await press('jiko', `/pockets/${pocket}/fund`, { cents: 100 })
  await expect(page.getByText('The bank has put your account on hold')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('button', { name: 'Show numbers' })).toHaveCount(0)
})
