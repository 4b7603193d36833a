/** Users of the example, made at Clerk. */
import { randomUUID } from 'node:crypto'
import { createClerkClient } from '@clerk/backend'
import { isClerkAPIResponseError } from '@clerk/backend/errors'
import { setting } from '@/scripts/example/settings'

const clerk = createClerkClient({
  secretKey: setting('CLERK_SECRET_KEY'),
  apiUrl: setting('CLERK_API_URL'),
  telemetry: { disabled: true }
})
const FIRST_AREA = 201
const AREAS = 780

export type SignedUpUser = { id: string; phone: string; token: () => Promise<string> }

/** A new user with a verified phone number and a session. */
export async function signUp(name = 'example'): Promise<SignedUpUser> {
  const emailAddress = [`${name}-${randomUUID()}+clerk_test@example.com`]
  const { id } = await clerk.users.createUser({ emailAddress, password: randomUUID() })
  const phone = await addPhone(id)
  return { id, phone, token: await startSession(id) }
}

/** @returns tokens of a new session: the user is freshly verified. */
export async function startSession(userId: string): Promise<() => Promise<string>> {
  const session = await clerk.sessions.createSession({ userId })
  return () => tokenOf(session.id)
}

/** An address that signs a browser in, once. */
export async function signInUrl(userId: string): Promise<string> {
  const { token } = await clerk.signInTokens.createSignInToken({ userId, expiresInSeconds: 60 })
  return `${setting('APP_URL')}/sign-in?__clerk_ticket=${token}`
}

export const exists = (userId: string): Promise<boolean> =>
  clerk.users.getUser(userId).then(
    () => true,
    () => false
  )

const tokenOf = async (sessionId: string) => (await clerk.sessions.getToken(sessionId)).jwt

/** A fictional number that no other user has. */
async function addPhone(userId: string): Promise<string> {
  for (;;) {
    const number = Number.parseInt(randomUUID().slice(0, 8), 16) % (AREAS * 100)
    const phoneNumber = `+1${FIRST_AREA + Math.floor(number / 100)}55501${String(number % 100).padStart(2, '0')}`
    try {
      await clerk.phoneNumbers.createPhoneNumber({ userId, phoneNumber, verified: true })
      return phoneNumber
    } catch (thrown) {
      if (!isClerkAPIResponseError(thrown) || thrown.errors[0]?.code !== 'form_identifier_exists')
        throw thrown
    }
  }
}

/** An admin who signed in with two steps, through controls of Clerk's emulator. */
export async function signUpAdmin(): Promise<SignedUpUser> {
  const password = randomUUID()
  const email = `example-admin-${randomUUID()}+clerk_test@example.com`
  const { id } = await clerk.users.createUser({ emailAddress: [email], password })
  await control(`/users/${id}/make-admin`, {})
  const body = { email, password, origin: setting('APP_URL'), second_factor: true }
  const { sessionId } = await control<{ sessionId: string }>('/sign-in', body)
  return { id, phone: '', token: () => tokenOf(sessionId) }
}

async function control<T>(path: string, body: object): Promise<T> {
  const response = await fetch(`${setting('CLERK_API_URL')}/_sandbox${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body)
  })
  if (!response.ok) throw new Error(`Clerk's emulator answered ${response.status} to ${path}.`)
  return (await response.json()) as T
}
