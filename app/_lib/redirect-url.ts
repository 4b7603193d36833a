import { redirect } from 'next/navigation'
import { env } from '@/lib/platform/env'

export type RedirectParams = Promise<{ redirect_url?: string | string[] }>

/** Clerk's forms fail on an address to return to that is none: they open without it. */
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
