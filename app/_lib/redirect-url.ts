import { redirect } from 'next/navigation'
import { env } from '@/lib/platform/env'

export type ReturnAddress = Promise<{ redirect_url?: string | string[] }>

/** Clerk's forms fail on an address to return to that is none: they open without it. */
export async function requireReadableReturn(
  form: string,
  searchParams: ReturnAddress
): Promise<void> {
  const { redirect_url: address } = await searchParams
  if (
    address !== undefined &&
    (typeof address !== 'string' || !URL.canParse(address, env().appUrl))
  )
    redirect(form)
}
