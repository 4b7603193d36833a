/** Pages in Spanish, and in the pseudo-language that is a third longer. */

import { overflowingElements } from '@/tests/e2e/support/accessibility'
import { clippedTexts } from '@/tests/e2e/support/clipped-texts'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import { PAGES, type PageCase, sharedPageUser } from '@/tests/e2e/support/pages'
import { stack } from '@/tests/e2e/support/stack'
import { signIn } from '@/tests/e2e/support/users'

/** Waits, because choosing a language loads the page again. */
const isIn = (page: Page, language: string) =>
  expect(page.locator('html')).toHaveAttribute('lang', language)
const heading = (page: Page, name: string | RegExp) =>
  expect(page.getByRole('heading', { name, exact: typeof name === 'string' }).first()).toBeVisible()

test('a browser in Spanish reads Spanish pages, forms of Clerk and errors', async ({
  user,
  open
}) => {
  const visitor = await open(undefined, { locale: 'es-US' })
  await visitor.goto('/')
  await isIn(visitor, 'es')
  await visitor.getByRole('button', { name: 'English' }).click()
  await heading(visitor, /All your money/)
  await visitor.getByRole('button', { name: 'Español' }).click()
  await isIn(visitor, 'es')
  await visitor.goto('/sign-in')
  await isIn(visitor, 'es')
  await expect(visitor.getByRole('button', { name: 'Continuar', exact: true })).toBeVisible()

  const page = await open(user, { locale: 'es-US' })
  await page.goto('/onboarding/name')
  await page
    .getByRole('button', { name: /^Continuar/ })
    .first()
    .click()
  const summary = page.getByRole('alert', { name: 'Hay un problema' })
  await expect(summary).toContainText('Escriba su nombre')
  await page.goto('/connections')
  const asked = page.waitForRequest(/\/api\/v1\/bank\/connect/)
  await page
    .getByRole('button', { name: /cuenta bancaria/ })
    .first()
    .click()
  expect((await asked).headers()['accept-language']).toBe('es')
})

test('the language that a user chooses is kept, also in another browser', async ({
  user,
  open
}) => {
  const page = await open(user, { locale: 'es-US' })
  await page.goto('/settings')
  await page.getByLabel('Idioma').selectOption('English')
  await expect(page.getByLabel('Language')).toHaveValue('en')
  await isIn(page, 'en')
  await page.goto('/dashboard')
  await isIn(page, 'en')

  const other = await open(user, { locale: 'es-US' })
  await other.goto('/dashboard')
  await isIn(other, 'en')
  await page.goto('/settings')
  await page.getByLabel('Language').selectOption('')
  await expect(page.getByLabel('Idioma')).toHaveValue('')
})

test('a Spanish dashboard is sent the texts of its parts only', async ({ reader, open }) => {
  const page = await open(reader, { locale: 'es-US' })
  const html = await (await page.goto('/dashboard'))?.text()
  await heading(page, 'Últimas transacciones')
  expect(html).toContain('Últimas transacciones')
  // Of the questions and of transfers.
  for (const absent of ['Su número de Seguro Social', 'Depósito confirmado'])
    expect(html).not.toContain(absent)
})

const WIDTHS = [1280, 390]
const isTranslated = ({ name }: PageCase) => name !== 'docs'
const shown = PAGES.filter(isTranslated)

for (const key of new Set(shown.map(({ user }) => user))) {
  test(`@long the pages of ${key} have no clipped text in the pseudo-language`, async ({
    page,
    context
  }) => {
    const pages = shown.filter(({ user }) => user === key)
    test.setTimeout(60_000 + pages.length * 10_000)
    const user = await sharedPageUser(key)
    if (user) await signIn(context, user)
    await context.addCookies([{ name: 'pangea_language', value: 'en-XA', url: stack.appUrl }])
    for (const { name, path, query = '' } of pages)
      await test.step(name, async () => {
        await page.goto(path + query)
        await expect(page.getByRole('heading', { level: 1 }).first()).toContainText('~')
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 844 })
          expect.soft(await clippedTexts(page), `${name} at ${width} px`).toEqual([])
          expect.soft(await overflowingElements(page), `${name} at ${width} px`).toEqual([])
        }
      })
  })
}
