/** The accessibility tree of the states behind a page: dialogs, forms with errors, results. */

import { treeFaults } from '@/tests/e2e/support/accessibility-tree'
import { clientOf } from '@/tests/e2e/support/api'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import { button, invalid, PAGE_STATES, type State } from '@/tests/e2e/support/page-states'
import { createPageUsers, type PageUsers } from '@/tests/e2e/support/pages'
import { clickContinue } from '@/tests/e2e/support/steps/clerk-pages'
import { createAdmin, signIn } from '@/tests/e2e/support/users'

test.describe.configure({ timeout: 120_000 })

let users: PageUsers
test.beforeAll(async () => {
  if (process.env.TEST_LONG) users = await createPageUsers()
})

const check = async (page: Page, { name, path, reach, movesFocus, clerkIcons }: State) =>
  test.step(name, async () => {
    await page.goto(path)
    // The header is ready before the page below it.
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await reach(page)
    const faults = async () =>
      (await treeFaults(page)).filter((fault) => !(clerkIcons && fault.startsWith('a image')))
    // A menu hides the page behind it a moment after it opened.
    await expect.configure({ soft: true }).poll(faults, { message: name }).toEqual([])
    if (!movesFocus && (await page.locator('dialog[open]').count()))
      await checkDialogFocus(page, name)
  })

/** A dialog focuses its first field, or its heading when it has none; never "Close". */
async function checkDialogFocus(page: Page, name: string): Promise<void> {
  const dialog = page.locator('dialog[open]')
  const fields = dialog.locator(':is(input:not([type=hidden]), select, textarea):enabled')
  const expected = (await fields.count()) ? fields.first() : dialog.locator('h2').first()
  await expect.soft(expected, `focus in ${name}`).toBeFocused()
}

for (const [name, states] of Object.entries(PAGE_STATES))
  test(`@long the states of ${name.toLowerCase()} have a correct accessibility tree, and dialogs the right focus`, async ({
    page,
    context
  }) => {
    await signIn(context, users.linked)
    if (name === 'MONEY')
      await clientOf(users.linked).postAssets({
        body: {
          kind: 'home',
          name: 'Harbour House',
          value: '250000',
          currency: 'USD',
          on: '2026-01-02'
        }
      })
    for (const state of states) await check(page, state)
  })

test('@long questions with errors have a correct accessibility tree', async ({ page, context }) => {
  await signIn(context, users.newcomer)
  for (const [path, field] of [
    ['/onboarding/name', /name/i],
    ['/onboarding/date-of-birth', 'Day'],
    ['/onboarding/phone', /phone/]
  ] as const)
    await check(page, {
      name: path,
      path,
      reach: async () => {
        for (const box of await page.getByRole('textbox', { name: field }).all()) await box.fill('')
        await clickContinue(page)
        await invalid(page)
      }
    })
  // Clerk's script on the page would restore the old session.
  await page.goto('about:blank')
  await signIn(context, users.applicant)
  const reach = async () => {
    await button(page, 'Submit application').click()
    await invalid(page)
  }
  await check(page, { name: 'SSN', path: '/onboarding/submit', reach })
})

test('@long administration has a correct accessibility tree', async ({ page, context }) => {
  await signIn(context, await createAdmin(), { secondFactor: true })
  const heading = () => expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  for (const path of ['/admin', '/admin/users', '/admin/audit'])
    await check(page, { name: path, path, reach: heading })
  await check(page, {
    name: 'reason',
    path: `/admin/users/${users.linked.userId}`,
    reach: (view) => button(view, 'Open activity').click()
  })
})
