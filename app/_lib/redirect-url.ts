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
