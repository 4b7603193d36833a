/**
 * Keyboard-only use of a page: everything is reached by Tab. `inLink` is Plaid's frame inside the
 * page.
 */
import { expect, type Page } from '@/tests/e2e/support/fixtures'
import { linkFrame } from '@/tests/e2e/support/steps/link-pages'

/** Presses Tab until the focused element is called `name`. */
export async function tabTo(
  page: Page,
  role: 'button' | 'link' | 'textbox' | 'radio' | 'checkbox' | 'combobox' | 'searchbox',
  name: string | RegExp,
  inLink = false
): Promise<void> {
  const target = (inLink ? linkFrame(page) : page)
    .getByRole(role, { name, exact: typeof name === 'string' })
    .first()
  await expect(target).toBeVisible({ timeout: 20_000 })
  for (let presses = 0; presses < 60; presses++) {
    if (
      await target.evaluate(
        (element) =>
          element === element.ownerDocument.activeElement && element.ownerDocument.hasFocus()
      )
    )
      return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reached ${role} ${name}`)
}

export async function activate(
  page: Page,
  role: 'button' | 'link',
  name: string | RegExp,
  inLink = false
): Promise<void> {
  await tabTo(page, role, name, inLink)
  await page.keyboard.press('Enter')
}

export async function typeInto(
  page: Page,
  name: string | RegExp,
  text: string,
  inLink = false
): Promise<void> {
  await tabTo(page, 'textbox', name, inLink)
  await page.keyboard.type(text)
}

export async function check(
  page: Page,
  role: 'radio' | 'checkbox',
  name: string | RegExp
): Promise<void> {
  await tabTo(page, role, name)
  await page.keyboard.press('Space')
}
