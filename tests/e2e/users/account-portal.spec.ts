/**
 * An app without pages for sign-in: Clerk's bundles from the emulator's own address, and the
 * emulator's account portal on another port.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startClerk } from '@/sandbox/clerk'
import { expect, type Page, test } from '@/tests/e2e/support/fixtures'

const KEY = `pk_test_${btoa('portal-app.clerk.accounts.dev$')}`.replace(/=+$/, '')

const appPage = (clerk: string) => `<!doctype html><html lang="en"><title>App</title>
<button id="sign-in">Sign in</button><div id="user"></div><div id="organization"></div>
<output id="name"></output> <output id="role"></output>
<script src="${clerk}/npm/@clerk/ui@1/dist/ui.browser.js"></script>
<script data-clerk-publishable-key="${KEY}" data-clerk-proxy-url="${clerk}"
  src="${clerk}/npm/@clerk/clerk-js@6/dist/clerk.browser.js"></script>
<script type="module">
  const show = (id, text) => { document.getElementById(id).textContent = text }
  await Clerk.load({ ui: { ClerkUI: window.__internal_ClerkUICtor }, telemetry: false })
  document.getElementById('sign-in').onclick = () =>
    Clerk.redirectToSignIn({ signInFallbackRedirectUrl: location.href })
  Clerk.addListener(async ({ user, session }) => {
    show('name', user ? user.primaryEmailAddress.emailAddress : 'Signed out')
    const token = session ? JSON.parse(atob((await session.getToken()).split('.')[1])) : {}
    show('role', token.o ? token.o.slg + ': ' + token.o.rol : 'no organization')
  })
  if (Clerk.user) {
    Clerk.mountUserButton(document.getElementById('user'))
    Clerk.mountOrganizationSwitcher(document.getElementById('organization'))
  }
</script></html>`

/** The app and the emulator, each at its own address. */
async function startApp() {
  let html = ''
  const app = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html')
    answer.end(html)
  })
  await new Promise<void>((done) => app.listen(0, '127.0.0.1', done))
  const appUrl = `http://localhost:${(app.address() as AddressInfo).port}`
  const clerk = await startClerk({
    port: 0,
    dataDir: null,
    publishableKey: KEY,
    secretKey: 'sk_test_portal',
    allowedOrigins: [appUrl],
    accountPortal: true,
    organizations: true
  })
  html = appPage(clerk.url)
  const close = async () => {
    app.close()
    await clerk.close()
  }
  return { appUrl, clerkUrl: clerk.url, close }
}

async function signUpAtPortal(page: Page, appUrl: string, email: string): Promise<void> {
  await page.goto(appUrl)
  await expect(page.getByText('Signed out')).toBeVisible()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill('Correct-horse-42')
  await page.getByRole('button', { name: 'Continue', exact: true }).click()
  await expect(page.getByText('Verify your email')).toBeVisible()
  await page.keyboard.type('424242')
  await expect(page.locator('#name')).toHaveText(email)
}

test('@long an app without sign-in pages uses the account portal, and a foreign address is refused', async ({
  page
}) => {
  const { appUrl, clerkUrl, close } = await startApp()
  try {
    await signUpAtPortal(page, appUrl, 'portal+clerk_test@example.com')
    expect(page.url()).toBe(`${appUrl}/`)
    await page.getByRole('button', { name: 'Open user menu' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.locator('#name')).toHaveText('Signed out')
    const foreign = encodeURIComponent('https://evil.example/')
    const answer = await page.request.get(`${clerkUrl}/sign-in?redirect_url=${foreign}`)
    expect(answer.status()).toBe(400)
    // clerk-js passes the address in the fragment, which no server sees.
    await page.goto(`${clerkUrl}/sign-in#/?redirect_url=${foreign}`)
    await page.getByLabel('Email address').fill('portal+clerk_test@example.com')
    await page.getByLabel('Password', { exact: true }).fill('Correct-horse-42')
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    await expect(page.locator('#name')).toHaveText('portal+clerk_test@example.com')
    expect(new URL(page.url()).origin).toBe(appUrl)
  } finally {
    await close()
  }
})

test('@long an organization is created, its members are invited, and the token names it', async ({
  page
}) => {
  const { appUrl, close } = await startApp()
  try {
    await signUpAtPortal(page, appUrl, 'owner+clerk_test@example.com')
    await expect(page.getByText('no organization')).toBeVisible()
    await page.getByRole('button', { name: 'Open organization switcher' }).click()
    await page.getByText('Create organization').click()
    await page.getByLabel('Name').fill('Acme Bakery')
    await page.getByRole('button', { name: 'Create organization' }).click()
    await page.getByPlaceholder('example@email.com').fill('guest+clerk_test@example.com,')
    await page.getByRole('button', { name: 'Select role' }).click()
    await page.getByRole('option', { name: 'Member' }).click()
    await page.getByRole('button', { name: 'Send invitations' }).click()
    await page.getByRole('button', { name: 'Close modal' }).click()
    await expect(page.getByText('acme-bakery: admin')).toBeVisible()
    await page.getByRole('button', { name: 'Open organization switcher' }).click()
    await page.getByRole('button', { name: 'Manage' }).click()
    await page.getByRole('button', { name: 'Members', exact: true }).click()
    await page.getByRole('tab', { name: /Invitations/ }).click()
    await expect(page.getByText('guest+clerk_test@example.com')).toBeVisible()
    await page.getByRole('button', { name: 'Close modal' }).click()
    await page.getByRole('button', { name: 'Open organization switcher' }).click()
    await page.getByRole('button', { name: /Personal account/ }).click()
    await expect(page.getByText('no organization')).toBeVisible()
  } finally {
    await close()
  }
})
