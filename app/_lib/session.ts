import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { UserActor } from '@/lib/domain/users/actor'
import { AuthService, DataService } from '@/lib/services'

/**
 * The signed-in user, or null. Checked once per request, in pages and handlers, never in proxy.ts.
 */
export const findUser = cache(
  async (): Promise<UserActor | null> => AuthService.authenticateUser(new Headers(await headers()))
)

/** For layouts above a loading state: a redirect must be sent before streaming starts. */
export async function requireUserInLayout(): Promise<UserActor> {
  const path = (await headers()).get('x-path') ?? '/dashboard'
  return requireUser(path.startsWith('/') && !path.startsWith('//') ? path : '/dashboard')
}

/**
 * The signed-in user. Redirects to sign-in and back to `path` without a session, or to the deletion
 * page when the data was deleted.
 */
export async function requireUser(path = '/dashboard'): Promise<UserActor> {
  // `at` changes each time, so that the sign-in page detects a session that is rejected repeatedly.
  const user =
    (await findUser()) ??
    redirect(`/sign-in?redirect_url=${encodeURIComponent(path)}&at=${Date.now().toString(36)}`)
  const deletionId = await findDeletionId(user)
  if (deletionId) redirect(`/deletion/${deletionId}`)
  return user
}

/**
 * Whether Clerk's cookie indicates a session: a hint for the landing page, which must not wait for
 * Clerk.
 */
export async function hasSessionHint(): Promise<boolean> {
  const uat = (await cookies()).get(AuthService.clientUatCookie())?.value
  return Number(uat) > 0
}

const findDeletionId = cache((user: UserActor) => DataService.findErasure(user))
