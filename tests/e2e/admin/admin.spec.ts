/** Administration: two-step sign-in, a reason for every action, and no access to users' money. */
import { axeViolations } from '@/tests/e2e/support/accessibility'
import { linkBank } from '@/tests/e2e/support/api'
import { query } from '@/tests/e2e/support/database'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { createAdmin, createTestUser, signIn } from '@/tests/e2e/support/users'

test.describe.configure({ timeout: 120_000 })

test('an administrator finds a user, gives a reason, reads the failures, retries a job and removes the user together with a second one', async ({
  page,
  context,
  open
}) => {
  const [admin, user] = [await createAdmin(), await createTestUser()]
  await linkBank(user)
  await signIn(context, admin)
  await page.goto('/admin')
  await expect(
    page.getByRole('heading', { level: 1, name: 'Two-step verification needed' })
  ).toBeVisible()
  // Clerk's script on the page would restore the old session.
  await page.goto('about:blank')
  await signIn(context, admin, { secondFactor: true })

  const failed = page
    .getByRole('region', { name: 'Failed jobs' })
    .getByRole('listitem')
    .filter({ has: page.locator(`a[href$="${user.userId}"]`) })
  // Late webhooks start another sync, and a successful sync removes the failed one from the list.
  await query(
    "insert into link_events (id, user_id, type, link_session_id) values (gen_random_uuid(), $1, 'orphan', 'session-4711')",
    [user.userId]
  )
  const findFailed = async () => {
    await query(
      "update sync_runs set status = 'failed', service = 'plaid', code = 'INSTITUTION_DOWN' where user_id = $1",
      [user.userId]
    )
    await page.goto('/admin')
    await expect(failed).toContainText('INSTITUTION_DOWN', { timeout: 2_000 })
  }
  await expect(findFailed).toPass({ timeout: 30_000 })
  await expect(
    page.getByRole('region', { name: /^Items that may be left at Plaid: \d+$/ })
  ).toContainText('session-4711')
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('link', { name: 'Users' }).click()
  await page.getByRole('searchbox').fill(user.email)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: user.email }).click()

  await page.getByRole('button', { name: 'Open activity' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Open activity' }).click()
  await expect(dialog.getByText('Give a short reason')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Request 4711')
  await page.keyboard.press('Tab')
  await dialog.getByRole('button', { name: 'Open activity' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: user.email })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Calls to services' })).toContainText(
    '/item/public_token/exchange'
  )
  await expect(page.getByRole('region', { name: 'Syncs' })).toContainText('INSTITUTION_DOWN')
  await expect(page.locator('main')).not.toContainText(/\$\d/)
  expect(await axeViolations(page)).toEqual([])

  await expect(async () => {
    await findFailed()
    await failed.getByRole('button', { name: /Retry now/ }).click({ timeout: 2_000 })
  }).toPass({ timeout: 30_000 })
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The bank is back')
  await dialog.getByRole('button', { name: 'Retry now' }).click()
  const completed = () =>
    query("select 1 from sync_runs where user_id = $1 and status = 'completed'", [user.userId])
  await expect.poll(completed, { timeout: 20_000 }).not.toEqual([])

  await page.goto(`/admin/users/${user.userId}`)
  await page.getByRole('button', { name: 'Delete user' }).click()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('They wrote to us')
  await dialog.getByRole('button', { name: 'Delete user' }).click()
  await expect(page.getByText('deletion waits for another admin')).toBeVisible()
  const second = await open()
  await signIn(second.context(), await createAdmin(), { secondFactor: true })
  await second.goto(`/admin/users/${user.userId}`)
  const theirs = second.getByRole('dialog')
  await second.getByRole('button', { name: 'Open activity' }).click()
  await theirs.getByRole('textbox', { name: 'Reason' }).fill('Request 4711')
  await theirs.getByRole('button', { name: 'Open activity' }).click()
  await second.getByRole('button', { name: 'Approve deletion' }).click()
  await theirs.getByRole('textbox', { name: 'Reason' }).fill('Seen the letter')
  await theirs.getByRole('button', { name: 'Approve deletion' }).click()
  await expect
    .poll(() => query('select 1 from users where id = $1', [user.userId]), { timeout: 20_000 })
    .toEqual([])
  await page.goto('/admin/audit?q=admin.')
  await expect(page.getByRole('region', { name: 'Events' })).toContainText('admin.work_retried')
})
