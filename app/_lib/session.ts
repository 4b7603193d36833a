import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { UserActor } from '@/lib/domain/users/actor'
import { AuthService, DataService } from '@/lib/services'

/** The signed-in person, or null. Checked once per request, here and in every handler, never in proxy.ts. */
export const findPerson = cache(
  async (): Promise<UserActor | null> => AuthService.authenticateUser(new Headers(await headers()))
)

/** For layouts with a loading state below them: asked here, the answer is a redirect and not a page that redirects. */
export async function requirePersonInLayout(): Promise<UserActor> {
  const path = (await headers()).get('x-path') ?? '/dashboard'
  return requirePerson(path.startsWith('/') && !path.startsWith('//') ? path : '/dashboard')
}

/** The signed-in person; everybody else goes to sign in and comes back to `path`. Somebody whose data was deleted sees that it was. */
export async function requirePerson(path = '/dashboard'): Promise<UserActor> {
  // `at` is new each time, so that the sign-in page notices a session that is refused again and again.
  const person =
    (await findPerson()) ??
    redirect(`/sign-in?redirect_url=${encodeURIComponent(path)}&at=${Date.now().toString(36)}`)
  const erasure = await findErasure(person)
  if (erasure) redirect(`/deletion/${erasure}`)
  return person
}

/** Whether Clerk's cookie says that there is a session: a hint for the landing page, which must not wait for Clerk. */
export async function hasSessionHint(): Promise<boolean> {
  const uat = (await cookies()).get(AuthService.clientUatCookie())?.value
  return Number(uat) > 0
}

const findErasure = cache((person: UserActor) => DataService.findErasure(person))
