import { completeDraft, linkBank, openAccount } from '@/tests/e2e/support/api'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'
import { heading } from '@/tests/e2e/support/steps/onboarding-pages'
import { createTestUser, signIn } from '@/tests/e2e/support/users'

/**
 * Translates the page and later content as a browser does: each text moves into elements of the
 * browser's own.
 */
const translateAlways = (page: Page) =>
  page.addInitScript(() => {
    const translate = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      const texts: Text[] = []
      while (walker.nextNode()) texts.push(walker.currentNode as Text)
      for (const text of texts) {
        const parent = text.parentElement
        if (
          !parent ||
          !text.data.trim() ||
          parent.closest('head, script, style, textarea, font, [class*="cl-"]')
        )
          continue
        const font = document.createElement('font')
        text.replaceWith(font)
        font.append(text)
      }
    }
    // After hydration, as a real translator.
    addEventListener('load', () =>
      setTimeout(() => {
        translate(document.body)
        new MutationObserver((changes) => {
          for (const { addedNodes, target } of changes) if (addedNodes.length) translate(target)
        }).observe(document.body, { childList: true, subtree: true })
      }, 1_000)
    )
  })

const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name }).first().click()
const translated = (page: Page) => expect(page.locator('main font').first()).toBeAttached()

test('a translated page can be used', async ({ page, context }) => {
  test.setTimeout(120_000)
  const [applicant, user] = await Promise.all([createTestUser(), createTestUser()])
  await Promise.all([completeDraft(applicant), openAccount(user).then(() => linkBank(user))])
  await translateAlways(page)

  await signIn(context, applicant)
  await page.goto('/onboarding/submit')
  await translated(page)
  for (const name of [/^Show/, /^Hide/, /^Show/]) await press(page, name)
  await press(page, 'Submit application')
  await expect(page.getByRole('alert', { name: 'There is a problem' })).toContainText(
    'Enter your Social Security number'
  )

  await signIn(context, user)
  await page.goto('/account')
  await translated(page)
  await press(page, 'Show numbers')
  await press(page, 'Hide numbers')
  await press(page, 'Show numbers')

  await page.goto('/transactions')
  await translated(page)
  await page.locator('li[data-transaction]').first().getByRole('button').first().click()
  await press(page, 'Split')
  await press(page, 'Cancel')
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox').fill('a')
  await expect(page).toHaveURL(/q=a/)

  await page.goto('/dashboard')
  await translated(page)
  await press(page, 'One year')
  await page.goto('/connections')
  await translated(page)
  await press(page, /^(Hide|Rename)/)
  await expect(heading(page, 'Connections')).toBeVisible()
})
