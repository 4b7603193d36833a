/** People who are signed in without the form, for tests whose subject is something else. */
import { createClerkClient } from '@clerk/backend'
import type { BrowserContext } from '@playwright/test'
import { stack } from './stack'
import { press } from './vendors'

export const PASSWORD = 'unusual horse battery 91'

let made = 0

/** An address nobody has used; Clerk's test addresses take the code 424242. */
export const newEmail = (): string => `e2e-${process.pid}-${Date.now()}-${++made}+clerk_test@example.com`

export type TestPerson = {
  userId: string
  email: string
  /** A token as another program would mint it through the Backend API; it lives for a minute. */
  bearer(): Promise<Record<string, string>>
  /** The cookies of a browser that is signed in; their token lives for a minute. */
  cookies(): Promise<Record<string, string>>
}

type SignedIn = { userId: string; sessionId: string; cookies: { name: string; value: string }[] }

const clerk = () => createClerkClient({ secretKey: stack.clerkSecretKey, apiUrl: stack.clerkUrl, telemetry: { disabled: true } })

const signInAtClerk = (email: string, origin: string) => press<SignedIn>('clerk', '/sign-in', { email, password: PASSWORD, origin })

/** A person with a confirmed address. */
export async function createPerson(): Promise<TestPerson> {
  const email = newEmail()
  const { userId, sessionId } = await signInAtClerk(email, stack.appUrl)
  return {
    userId,
    email,
    bearer: async () => ({ authorization: `Bearer ${(await clerk().sessions.getToken(sessionId)).jwt}` }),
    cookies: async () => ({ cookie: (await signInAtClerk(email, stack.appUrl)).cookies.map(({ name, value }) => `${name}=${value}`).join('; ') })
  }
}

/** Makes a browser this person's, as if they had used the form. */
export async function signIn(context: BrowserContext, { email }: Pick<TestPerson, 'email'>): Promise<void> {
  const { cookies } = await signInAtClerk(email, stack.appUrl)
  await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: stack.appUrl })))
}
