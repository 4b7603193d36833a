import { redirect } from 'next/navigation'
import { env } from '@/lib/platform/env'

export type RedirectParams = Promise<{ redirect_url?: string | string[] }>

/** Drops invalid return URLs, on which Clerk's forms fail. */
export async function requireValidRedirectUrl(
  path: string,
  searchParams: RedirectParams
): Promise<void> {
  const { redirect_url: redirectUrl } = await searchParams
  if (
    redirectUrl !== undefined &&
    (typeof redirectUrl !== 'string' || !URL.canParse(redirectUrl, env().appUrl))
  )
    redirect(path)
}

/** @returns the path of an address of this app, with its query; null for any other address. */
export function toOwnPath(address: string | null): string | null {
  if (!address || !URL.canParse(address, env().appUrl)) return null
  const { origin, pathname, search } = new URL(address, env().appUrl)
  // A path with two slashes would be another site's address.
  const path = pathname.replace(/^\/+/, '/')
  return origin === new URL(env().appUrl).origin ? path + search : null
}
