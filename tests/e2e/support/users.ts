/** Users who are signed in without the form, for tests of other features. */
import { createClerkClient } from '@clerk/backend'
import type { BrowserContext, Page } from '@playwright/test'
import { stack } from '@/tests/e2e/support/stack'
import { callControl } from '@/tests/e2e/support/vendors'

export const PASSWORD = 'unusual horse battery 91'

let made = 0
let numbers = 0

/** An unused address; Clerk's test addresses accept the code 424242. */
export const newEmail = (): string =>
  `e2e-${process.pid}-${Date.now()}-${++made}+clerk_test@example.com`

/**
 * An unused fictional number; Clerk accepts the code 424242 for it. Each worker of a run has its
 * own 400.
 */
export function newPhone(): string {
  const area =
    201 +
    ((process.ppid * 53 +
      Number(process.env.TEST_WORKER_INDEX ?? 0) * 4 +
      Math.floor(numbers / 100)) %
      780)
  return `+1${area}55501${String(numbers++ % 100).padStart(2, '0')}`
}

type Credentials = Record<string, string>

/** Its credentials are kept for a third of the minute that a token lasts. */
export type TestUser = {
  userId: string
  email: string
  /** Verified at Clerk. */
  phone: string
  /** A token as another program gets it from the Backend API. */
  bearer(): Promise<Credentials>
  /** The token of a new session: a reverification within a minute, for transfers. */
  freshBearer(): Promise<Credentials>
  /** The cookies of a signed-in browser. */
  cookies(): Promise<Credentials>
}

const KEPT_MS = 20_000

/** The last credentials while they are new, because a sign-in takes longer than most requests. */
function keep(read: () => Promise<Credentials>): () => Promise<Credentials> {
  let kept: { credentials: Credentials; until: number } | null = null
  return async () => {
    if (!kept || Date.now() > kept.until)
      kept = { credentials: await read(), until: Date.now() + KEPT_MS }
    return kept.credentials
  }
}

type SignedIn = { userId: string; sessionId: string; cookies: { name: string; value: string }[] }

const clerk = () =>
  createClerkClient({
    secretKey: stack.clerkSecretKey,
    apiUrl: stack.clerkUrl,
    telemetry: { disabled: true }
  })

const signInAtClerk = (email: string, origin: string, secondFactor = false) =>
  callControl<SignedIn>('clerk', '/sign-in', {
    email,
    password: PASSWORD,
    origin,
    second_factor: secondFactor
  })

const bearerOf = async (sessionId: string): Promise<Credentials> => ({
  authorization: `Bearer ${(await clerk().sessions.getToken(sessionId)).jwt}`
})
const cookiesOf = async (email: string, secondFactor = false): Promise<Credentials> => ({
  cookie: (await signInAtClerk(email, stack.appUrl, secondFactor)).cookies
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')
})

/** A user with a verified address and phone number. */
export async function createTestUser(): Promise<TestUser> {
  const email = newEmail()
  const { userId, sessionId } = await signInAtClerk(email, stack.appUrl)
  const phone = newPhone()
  await clerk().phoneNumbers.createPhoneNumber({ userId, phoneNumber: phone, verified: true })
  return {
    userId,
    email,
    phone,
    bearer: keep(() => bearerOf(sessionId)),
    freshBearer: keep(async () => bearerOf((await signInAtClerk(email, stack.appUrl)).sessionId)),
    cookies: keep(() => cookiesOf(email))
  }
}

/**
 * A Clerk administrator. `verifiedCookies` are the cookies of a browser that signed in with two
 * steps.
 */
export async function createAdmin(): Promise<TestUser & { verifiedCookies: TestUser['cookies'] }> {
  const user = await createTestUser()
  await callControl('clerk', `/users/${user.userId}/make-admin`, {})
  return { ...user, verifiedCookies: keep(() => cookiesOf(user.email, true)) }
}

/** Signs a browser in as this user, with an authenticator code when required. */
export async function signIn(
  context: Pick<BrowserContext, 'addCookies'>,
  { email }: Pick<TestUser, 'email'>,
  { secondFactor = false } = {}
): Promise<void> {
  const { cookies } = await signInAtClerk(email, stack.appUrl, secondFactor)
  await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: stack.appUrl })))
}

/** Makes the last verification eleven minutes old, also in this page's cached token. */
export async function expireReverification(page: Page, userId: string): Promise<void> {
  await callControl('clerk', `/users/${userId}/age-proof`, {})
  await page.waitForFunction(() => (window as { Clerk?: { session?: object } }).Clerk?.session)
  await page.evaluate(() =>
    (
      window as unknown as { Clerk: { session: { getToken(o: object): Promise<string> } } }
    ).Clerk.session.getToken({ skipCache: true })
  )
}
