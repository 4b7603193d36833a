/** The landing page of a user who is signed in, and requests that are broken before any handler sees them. */
import { expect, test } from './fixtures'
import { createPerson, signIn } from './people'
import { stack } from './stack'

test('the landing page offers the dashboard to a user who is signed in', async ({ page, context }) => {
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible()
  await signIn(context, await createPerson())
  await page.goto('/')
  await expect(page.getByRole('link', { name: 'Go to your dashboard' }).first()).toBeVisible()
  await expect(page.getByRole('link', { name: /Sign in|Open an account/ })).toHaveCount(0)
})

for (const path of ['/%E0%A4%A', '/transactions/%', '/admin/people/%E0%A4%A', '/deletion/%'])
  test(`${path} is a page that does not exist`, async ({ request }) => {
    const response = await request.get(`${stack.appUrl}${path}`)
    expect(response.status()).toBe(404)
    expect(await response.text()).toContain('There is no page here')
  })

test('a body that is too large for Clerk is refused', async () => {
  const response = await fetch(`${stack.appUrl}/__clerk/v1/client/sign_ins`, { method: 'POST', body: new Uint8Array(12_000_000) })
  expect(response.status).toBe(413)
})
