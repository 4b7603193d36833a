/** Data export and deletion, here and at every vendor. */
import { readFile } from 'node:fs/promises'
import { axeViolations } from '@/tests/e2e/support/accessibility'
import { linkBank, openAccount } from '@/tests/e2e/support/api'
import { query } from '@/tests/e2e/support/database'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { callControl, plaidItems } from '@/tests/e2e/support/vendors'
import { readZip } from '@/tests/support/files/zip'

const pocketOf = async (userId: string) =>
  (
    await query<{ id: string }>(
      'select jiko_pocket_id as id from bank_accounts where user_id = $1',
      [userId]
    )
  )[0]?.id ?? ''

test('a user downloads all data, then deletes it, and is gone from every vendor', async ({
  home: page,
  user
}) => {
  await openAccount(user)
  await linkBank(user)
  const pocket = await pocketOf(user.userId)
  await callControl('jiko', `/pockets/${pocket}/fund`, { cents: 1_234 })
  await page.goto('/settings')
  await expect(page.getByText('Delete account')).toBeHidden()
  await page.getByRole('link', { name: /Your data/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Your data' })).toBeVisible()
  expect(await axeViolations(page)).toEqual([])

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download everything' }).click()
  ])
  const files = readZip(await readFile(await download.path()))
  expect(JSON.parse(files.get('users.json') ?? '')).toMatchObject([{ id: user.userId }])
  expect((JSON.parse(files.get('transactions.json') ?? '') as unknown[]).length).toBeGreaterThan(20)

  const phrase = page.getByRole('textbox', { name: /type/ })
  const begin = page.getByRole('button', { name: 'Delete everything' })
  await phrase.fill('yes')
  await begin.click()
  await expect(page.getByText('Type “delete everything” here')).toBeVisible()
  await phrase.fill(' Delete  everything ')
  await begin.click()
  await expect(page.getByText('$12.34')).toBeVisible()
  await callControl('jiko', `/pockets/${pocket}/empty`, {})
  await phrase.press('Enter')

  await expect(page).toHaveURL(/\/deletion\//)
  await expect(page.getByRole('heading', { level: 1, name: 'Everything is deleted' })).toBeVisible({
    timeout: 30_000
  })
  await expect(page.getByRole('listitem')).toContainText([
    /linked banks.*Done/,
    /Jiko.*Done/,
    /stored here.*Done/,
    /login.*Done/
  ])
  expect(await axeViolations(page)).toEqual([])
  expect((await plaidItems(user.userId)).filter(({ removed }) => !removed)).toEqual([])
  const { users } = await callControl<{ users: { id: string }[] }>('clerk', '/ledger')
  expect(users.map(({ id }) => id)).not.toContain(user.userId)
  expect(await query('select 1 from users where id = $1', [user.userId])).toEqual([])
  await page.goto('/dashboard')
  // The browser's last token is valid for up to a minute after the user is deleted.
  await expect(page).toHaveURL(/\/(sign-in|deletion\/)/)
})
