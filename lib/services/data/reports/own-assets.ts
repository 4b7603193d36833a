/** What a person owns or owes outside of any bank, with its values over time. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { ownAssets, ownAssetValues } from '@/xata/schema'
import type { UserActor } from '@/lib/domain/users/actor'
import type { AssetKind, AssetValue, OwnAsset } from '@/lib/domain/reports/own-assets'
import { audit, bump, isUuid, notFound } from '@/lib/services/data/sql/query-helpers'
import { row, rows } from '@/lib/services/data/sql/query'

/** Nobody needs more, and every page counts all of them. */
const MOST = 200

type AssetRow = {
  id: string
  name: string
  kind: AssetKind
  currency: string
  values: { on: string; minor: string }[]
}

const list = (person: UserActor, where: SQL) =>
  rows<AssetRow>(sql`select a.id, a.name, a.kind, a.currency,
      (select coalesce(jsonb_agg(jsonb_build_object('on', v.valued_on, 'minor', v.minor::text) order by v.valued_on desc), '[]')
        from ${ownAssetValues} v where v.asset_id = a.id) as values
    from ${ownAssets} a where a.user_id = ${person.userId} and ${where} order by a.created_at, a.id limit ${MOST}::int`)

const toAsset = ({ values, ...rest }: AssetRow): OwnAsset => ({
  ...rest,
  values: values.map(({ on, minor }) => ({ on, minor: BigInt(minor) }))
})

/** In the order in which they were told. */
export const listOwnAssets = async (person: UserActor): Promise<OwnAsset[]> =>
  (await list(person, sql`true`)).map(toAsset)

/** @throws RequestError not_found. */
export async function getOwnAsset(person: UserActor, id: string): Promise<OwnAsset> {
  const [found] = isUuid(id) ? await list(person, sql`a.id = ${id}::uuid`) : []
  if (!found) throw notFound('asset')
  return toAsset(found)
}

export type NewAsset = { name: string; kind: AssetKind; currency: string; value: AssetValue }

/** @returns our id of it; null where the person has as many as there can be. */
export async function storeOwnAsset(
  person: UserActor,
  { name, kind, currency, value }: NewAsset
): Promise<string | null> {
  const stored = await row<{ id: string }>(sql`with changed as (
      insert into ${ownAssets} (id, user_id, name, kind, currency) select ${randomUUID()}::uuid, ${person.userId}, ${name}, ${kind}, ${currency}
      where (select count(*) from ${ownAssets} where user_id = ${person.userId}) < ${MOST}::int returning id, user_id
    ), valued as (insert into ${ownAssetValues} (asset_id, valued_on, minor) select id, ${value.on}::date, ${value.minor}::numeric from changed),
    audited as (${audit(person, sql`changed`, { action: 'asset.added', subject: sql`id` })}), bumped as (${bump(sql`changed`)}) select id from changed`)
  return stored?.id ?? null
}

const mine = (person: UserActor, id: string) =>
  sql`id = ${isUuid(id) ? id : null}::uuid and user_id = ${person.userId}`

/** One change of an asset of this person's; `write` works on the CTE `held`. @throws RequestError not_found. */
async function change(person: UserActor, action: string, held: SQL, write?: SQL): Promise<void> {
  const changed =
    await row(sql`with held as (${held})${write ? sql`, written as (${write})` : sql``},
    audited as (${audit(person, sql`held`, { action, subject: sql`id` })}), bumped as (${bump(sql`held`)}) select id from held`)
  if (!changed) throw notFound('asset')
}

/** What is named changes. @throws RequestError not_found. */
export const updateOwnAsset = (
  person: UserActor,
  id: string,
  { name, kind }: { name?: string | undefined; kind?: AssetKind | undefined }
): Promise<void> =>
  change(
    person,
    'asset.changed',
    sql`update ${ownAssets} set name = coalesce(${name ?? null}, name), kind = coalesce(${kind ?? null}, kind), updated_at = now()
      where ${mine(person, id)} returning id, user_id`
  )

/** Its value from a day on; a day has one value, the last that was told. @throws RequestError not_found. */
export const storeAssetValue = (
  person: UserActor,
  id: string,
  { on, minor }: AssetValue
): Promise<void> =>
  change(
    person,
    'asset.valued',
    sql`select id, user_id from ${ownAssets} where ${mine(person, id)}`,
    sql`insert into ${ownAssetValues} (asset_id, valued_on, minor) select id, ${on}::date, ${minor}::numeric from held
      on conflict (asset_id, valued_on) do update set minor = excluded.minor, updated_at = now()`
  )

/** Forgets the value of a day; the last one that is left stays. @throws RequestError not_found. */
export const removeAssetValue = (person: UserActor, id: string, on: string): Promise<void> =>
  change(
    person,
    'asset.value_removed',
    sql`delete from ${ownAssetValues} v using ${ownAssets} a where a.id = v.asset_id and a.id = ${isUuid(id) ? id : null}::uuid and a.user_id = ${person.userId}
      and v.valued_on = ${on}::date and exists (select 1 from ${ownAssetValues} o where o.asset_id = a.id and o.valued_on <> v.valued_on)
      returning a.id, a.user_id`
  )

/** Removes it with its values: it counts neither now nor in the past. @throws RequestError not_found. */
export const removeOwnAsset = (person: UserActor, id: string): Promise<void> =>
  change(
    person,
    'asset.removed',
    sql`delete from ${ownAssets} where ${mine(person, id)} returning id, user_id`
  )
