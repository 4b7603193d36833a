import 'server-only'
import type { CalendarDate } from '@/lib/domain/dates'
import type { Exact } from '@/lib/domain/exact'
import { toMoney } from '@/lib/domain/money/money'
import type { AssetKind, OwnAsset } from '@/lib/domain/reports/own-assets'
import type { UserActor } from '@/lib/domain/users/actor'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'

/**
 * An amount as decimal text in the asset's currency and its date; `today` is the user's current
 * date.
 */
type ValueInput = { value: string; on: CalendarDate; today: CalendarDate }
type NewAsset = ValueInput & { id?: string; name: string; kind: AssetKind; currency: string }

/**
 * Adds an own asset with this id; one that exists is returned as it is.
 * @throws RequestError invalid, conflict (too many).
 */
export async function addAsset<A extends NewAsset>(
  actor: UserActor,
  asset: Exact<NewAsset, A>
): Promise<OwnAsset> {
  const { id, name, kind, currency, ...input }: NewAsset = asset
  requireNotInFuture(input)
  await DataService.ensureUser(actor)
  const stored = await DataService.createOwnAsset(actor, {
    ...(id ? { id } : {}),
    name,
    kind,
    currency,
    value: { on: input.on, minor: toMoney(input.value, currency).minor }
  })
  if (!stored)
    throw new RequestError(
      'conflict',
      'You have reached the maximum number of entries. Remove one that you no longer need.'
    )
  return DataService.getOwnAsset(actor, stored)
}

/** Sets the value from a date on. @throws RequestError not_found, invalid. */
export async function setAssetValue(
  actor: UserActor,
  id: string,
  input: ValueInput
): Promise<OwnAsset> {
  requireNotInFuture(input)
  const { currency } = await DataService.getOwnAsset(actor, id)
  await DataService.setAssetValue(actor, id, {
    on: input.on,
    minor: toMoney(input.value, currency).minor
  })
  return DataService.getOwnAsset(actor, id)
}

/**
 * Deletes a value; a missing one counts as deleted. @throws RequestError not_found, conflict if it
 * is the only one.
 */
export async function deleteAssetValue(
  actor: UserActor,
  id: string,
  { on }: { on: CalendarDate }
): Promise<OwnAsset> {
  const { values } = await DataService.getOwnAsset(actor, id)
  if (!values.some((value) => value.on === on)) return DataService.getOwnAsset(actor, id)
  if (values.length < 2)
    throw new RequestError(
      'conflict',
      'An entry needs at least one value. Delete the entry instead.'
    )
  await DataService.deleteAssetValue(actor, id, on)
  return DataService.getOwnAsset(actor, id)
}

function requireNotInFuture({ on, today }: ValueInput): void {
  if (on > today)
    throw new RequestError('invalid', 'Please check the highlighted fields.', {
      fields: { on: 'Choose today or a day before' }
    })
}
