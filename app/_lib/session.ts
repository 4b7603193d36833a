import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { UserActor } from '@/lib/domain/users/actor'
import { AuthService, DataService } from '@/lib/services'

/** The signed-in person, or null. Checked once per request, here and in every handler, never in proxy.ts. */
export const findUser = cache(
  async (): Promise<UserActor | null> => AuthService.authenticateUser(new Headers(await headers()))
)

/** For layouts with a loading state below them: asked here, the answer is a redirect and not a page that redirects. */
export async function requireUserInLayout(): Promise<UserActor> {
  const path = (await headers()).get('x-path') ?? '/dashboard'
  return requireUser(path.startsWith('/') && !path.startsWith('//') ? path : '/dashboard')
}

/** The signed-in person; everybody else goes to sign in and comes back to `path`. Somebody whose data was deleted sees that it was. */
export async function requireUser(path = '/dashboard'): Promise<UserActor> {
  // `at` is new each time, so that the sign-in page notices a session that is refused again and again.
  const user =
    (await findUser()) ??
    redirect(`/sign-in?redirect_url=${encodeURIComponent(path)}&at=${Date.now().toString(36)}`)
  const deletionId = await findDeletionId(user)
  if (deletionId) redirect(`/deletion/${deletionId}`)
  return user
}

/** Whether Clerk's cookie says that there is a session: a hint for the landing page, which must not wait for Clerk. */
export async function hasSessionHint(): Promise<boolean> {
  const uat = (await cookies()).get(AuthService.clientUatCookie())?.value
  return Number(uat) > 0
}

const findDeletionId = cache((user: UserActor) => DataService.findErasure(user))
