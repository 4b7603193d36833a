import { cookies } from 'next/headers'
import { isZone } from '@/lib/api/transactions'
import { today } from '@/lib/domain/dates'
import { ZONE_COOKIE } from '@/lib/domain/zone'

/** Where most people who may open an account are; used until a browser has told better. */
const DEFAULT = 'America/New_York'

/** Today's date in a time zone, or in the default one. */
export const todayIn = (zone: string | undefined): string => today(zone ?? DEFAULT)

/** Today's date where the person's browser is. */
export async function todayHere(): Promise<string> {
  const told = (await cookies()).get(ZONE_COOKIE)?.value
  return todayIn(told && isZone(told) ? told : undefined)
}
