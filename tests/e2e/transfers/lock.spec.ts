/** A withdrawal by an attacker: the e-mail's link locks transfers, and an admin lifts the lock. */
import { axeViolations } from '@/tests/e2e/support/accessibility'
import { callApi, openAccount } from '@/tests/e2e/support/api'
import { query } from '@/tests/e2e/support/database'
import { expect, test } from '@/tests/e2e/support/fixtures'
import { ageTrust, linkFundingBank } from '@/tests/e2e/support/funding'
import { stack } from '@/tests/e2e/support/stack'
import { createAdmin, expireReverification, PASSWORD, signIn } from '@/tests/e2e/support/users'
import { callControl } from '@/tests/e2e/support/vendors'

test.describe.configure({ timeout: 150_000 })

const pocketOf = async (userId: string) =>
  (
    await query<{ id: string }>(
      'select jiko_pocket_id as id from bank_accounts where user_id = $1',
      [userId]
    )
  )[0]?.id ?? ''

type Mail = { to: string[]; subject: string; text: string }

/** The link of the newest mail with this subject. */
async function lockLinkIn(subject: string, email: string): Promise<string> {
  const ledger = await fetch(`${stack.mailUrl}/_sandbox/ledger`)
  const { mails } = (await ledger.json()) as { mails: Mail[] }
  const mail = mails.filter((one) => one.to.includes(email) && one.subject === subject).at(-1)
  return /https?:\S+\/lock#\S+/.exec(mail?.text ?? '')?.[0] ?? ''
}

test('a withdrawal is confirmed, disputed from the e-mail, locked, and unlocked by an admin', async ({
  home: page,
  user,
  open
}) => {
  await openAccount(user)
  await callControl('jiko', `/pockets/${await pocketOf(user.userId)}/fund`, { cents: 50_000 })
  const { id: bank } = await linkFundingBank(user)

  // A bank that was just linked receives nothing yet.
  await page.goto('/account')
  const panel = page.getByRole('region', { name: /Move money|Withdraw money|Check before/ })
  await panel.getByRole('button', { name: 'Withdraw' }).click()
  await expect(panel.getByText('New. To protect you, it can receive money from')).toBeVisible()
  await ageTrust(user)
  await page.reload()
  await panel.getByRole('button', { name: 'Withdraw' }).click()
  await panel.getByRole('radio').first().check()
  await panel.getByLabel('Amount in dollars').fill('100')
  await panel.getByRole('button', { name: 'Review' }).click()
  await expect(panel.getByRole('definition').filter({ hasText: '$100.00' })).toBeVisible()
  await expireReverification(page, user.userId)
  await panel.getByRole('button', { name: 'Confirm and withdraw $100.00' }).click()
  await page
    .getByRole('dialog')
    .getByRole('textbox', { name: 'Password', exact: true })
    .fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('status').filter({ hasText: 'Confirmed: $100.00' })).toBeVisible()

  await page.getByRole('link', { name: /^Messages/ }).click()
  const messages = page.getByRole('region', { name: 'All messages' })
  await expect(messages.getByRole('heading', { name: 'Withdrawal confirmed' })).toBeVisible()
  expect(await axeViolations(page)).toEqual([])

  let link = ''
  await expect
    .poll(async () => (link = await lockLinkIn('Withdrawal confirmed', user.email)), {
      timeout: 20_000
    })
    .toContain('/lock#')
  const other = await open()
  await other.goto(link)
  const press = other.getByRole('button', { name: 'Lock transfers and sign out everywhere' })
  await expect(press).toBeVisible()
  const locks = () => query('select 1 from transfer_locks where user_id = $1', [user.userId])
  expect(await locks(), 'opening the link changes nothing').toEqual([])
  expect(await axeViolations(other)).toEqual([])
  await press.click()
  await expect(other.getByRole('heading', { name: 'Transfers are locked' })).toBeFocused()
  expect(await locks()).toHaveLength(1)
  await other.goto('about:blank')
  await other.goto(link)
  await press.click()
  await expect(other.getByText('This link was used before')).toBeVisible()

  // Every session of the user ends, also the one of this test's token.
  await expect
    .poll(
      async () =>
        (await callApi(user, 'POST', '/account/portals', {}).catch(() => null))?.status ?? 401,
      {
        timeout: 20_000
      }
    )
    .toBe(401)
  const again = { ...user, bearer: user.freshBearer }
  const withdraw = { direction: 'out', bank, amount: '10' }
  expect((await callApi(again, 'POST', '/account/transfers', withdraw)).status).toBe(409)
  const back = await open(user)
  await back.goto('/account')
  await expect(back.getByText('Transfers are locked').first()).toBeVisible()
  await expect(back.getByRole('button', { name: 'Withdraw' })).toHaveCount(0)

  const admin = await open()
  await signIn(admin.context(), await createAdmin(), { secondFactor: true })
  await admin.goto(`/admin/users/${user.userId}`)
  const dialog = admin.getByRole('dialog')
  await admin.getByRole('button', { name: 'Open activity' }).click()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('They called about a lock')
  await dialog.getByRole('button', { name: 'Open activity' }).click()
  await admin.getByRole('button', { name: 'Unlock transfers' }).click()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Called the number on file')
  await dialog.getByRole('button', { name: 'Unlock transfers' }).click()
  await expect(admin.getByRole('button', { name: 'Unlock transfers' })).toHaveCount(0)
  expect((await callApi(again, 'POST', '/account/transfers', withdraw)).status).toBe(200)
})
