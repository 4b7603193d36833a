import { axeViolations } from '@/tests/e2e/support/accessibility'
import { linkBank } from '@/tests/e2e/support/api'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'

const scheme = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)

test('@long the chosen theme applies on first paint, after a reload, on another device and after signing out', async ({
  home: page,
  user,
  open
}) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/settings')
  await page.getByRole('radio', { name: /^Dark/ }).check()
  await expect(page.getByText('Saved.')).toBeVisible()
  await expect.poll(() => scheme(page)).toBe('dark')
  await page.getByLabel('Time zone').selectOption('Pacific/Kiritimati')
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.reload()
  expect(await scheme(page)).toBe('dark')
  await expect(page.getByLabel('Time zone')).toHaveValue('Pacific/Kiritimati')

  const other = await open(user, { colorScheme: 'light', javaScriptEnabled: false })
  await other.goto('/settings')
  expect(await scheme(other)).toBe('dark')
  await page.goto('/')
  expect(await scheme(page)).toBe('dark')
  await page.goto('/settings')
  await page.getByRole('radio', { name: /^High contrast/ }).check()
  await expect(page.getByText('Saved.')).toBeVisible()
  const violations = await axeViolations(page, { within: 'main section' })
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual(
    []
  )
})

test('a browser without cookieStore sends the server its time zone', async ({ user, open }) => {
  const page = await open(user, { timezoneId: 'Pacific/Kiritimati' })
  await page.addInitScript(() => void Reflect.deleteProperty(window, 'cookieStore'))
  await page.goto('/transactions')
  expect(await page.evaluate(() => 'cookieStore' in window)).toBe(false)
  const zone = async () =>
    (await page.context().cookies()).find(({ name }) => name === 'pangea_zone')?.value
  await expect.poll(zone).toBe('Pacific%2FKiritimati')
})

test('@long keyboard shortcuts navigate, search and open help, pause while typing, and can be turned off', async ({
  home: page,
  user
}) => {
  await linkBank(user)
  await page.goto('/dashboard')
  await expect(page.getByRole('link', { name: 'Settings' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page).toHaveURL(/\/connections$/)
  await page.keyboard.press('/')
  await expect(page).toHaveURL(/\/transactions$/)
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('g?d')
  await expect(page.getByRole('searchbox')).toHaveValue('g?d')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toContainText('Go to Connections')
  await help.getByRole('button', { name: 'Turn shortcuts off' }).click()
  await expect(help).toContainText('Shortcuts are off')
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()
  await page.keyboard.press('?')
  await expect(help).toBeHidden()
})
