import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import type { CalendarDate } from '@/lib/domain/dates'
import { toMoney } from '@/lib/domain/money/money'
import type { AssetKind, OwnAsset } from '@/lib/domain/reports/own-assets'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'

/** An amount as decimal text in the asset's currency, and the day it is from; `today` is which day it is for the person. */
type Value = { value: string; on: CalendarDate; today: CalendarDate }

/** Counts something that no bank reports. @throws RequestError invalid, conflict (too many). */
export async function addAsset(
  person: UserActor,
  { name, kind, currency, ...told }: Value & { name: string; kind: AssetKind; currency: string }
): Promise<OwnAsset> {
  requirePast(told)
  await DataService.ensureUser(person)
  const id = await DataService.storeOwnAsset(person, {
    name,
    kind,
    currency,
    value: { on: told.on, minor: toMoney(told.value, currency).minor }
  })
  if (!id)
    throw new RequestError(
      'conflict',
      'You have as many entries as there can be. Remove one that you no longer need.'
    )
  return DataService.getOwnAsset(person, id)
}

/** What it is worth from a day on. @throws RequestError not_found, invalid. */
export async function valueAsset(person: UserActor, id: string, told: Value): Promise<OwnAsset> {
  requirePast(told)
  const { currency } = await DataService.getOwnAsset(person, id)
  await DataService.storeAssetValue(person, id, {
    on: told.on,
    minor: toMoney(told.value, currency).minor
  })
  return DataService.getOwnAsset(person, id)
}

/** Takes a value back; one that is not there is gone already. @throws RequestError not_found, conflict where it is the only one. */
export async function forgetAssetValue(
  person: UserActor,
  id: string,
  { on }: { on: CalendarDate }
): Promise<OwnAsset> {
  const { values } = await DataService.getOwnAsset(person, id)
  if (!values.some((value) => value.on === on)) return DataService.getOwnAsset(person, id)
  if (values.length < 2)
    throw new RequestError('conflict', 'This is its only value. Remove the whole entry instead.')
  await DataService.removeAssetValue(person, id, on)
  return DataService.getOwnAsset(person, id)
}

function requirePast({ on, today }: Value): void {
  if (on > today)
    throw new RequestError('invalid', 'Some answers need another look.', {
      fields: { on: 'Choose today or a day before' }
    })
}
