/** The user's assets and debts outside of any bank, with their values over time. */
import 'server-only'
import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { type Exact, nothingElse } from '@/lib/domain/exact'
import {
  type AssetKind,
  type AssetValue,
  type OwnAsset,
  UNREADABLE_NAME
} from '@/lib/domain/reports/own-assets'
import type { UserActor } from '@/lib/domain/users/actor'
import { encrypt } from '@/lib/platform/crypto'
import { isIntegrationError } from '@/lib/platform/errors'
import { decryptStored } from '@/lib/services/data/sql/encryption'
import { execute, transaction } from '@/lib/services/data/sql/query'
import { auditedChange, isUuid, notFound } from '@/lib/services/data/sql/query-helpers'
import { column, type InferRow, rowType, typed } from '@/lib/services/data/sql/row-type'
import { read } from '@/lib/services/data/sql/short-reads'
import { ownAssets, ownAssetValues } from '@/xata/schema'

/** An upper limit, because every page adds up all assets. */
const MAX_ASSETS = 200

const ASSET = rowType({
  id: ownAssets.id,
  name: ownAssets.name,
  sealedName: ownAssets.sealedName,
  kind: column.textOf<AssetKind>(),
  currency: ownAssets.currency,
  values: column.jsonb<{ on: string; minor: string }[]>()
})

const list = (actor: UserActor, where: SQL) =>
  read(
    actor,
    typed(
      ASSET,
      sql`select a.id, a.name, a.sealed_name as "sealedName", a.kind, a.currency,
      (select coalesce(jsonb_agg(jsonb_build_object('on', v.valued_on, 'minor', v.minor::text) order by v.valued_on desc), '[]')
        from ${ownAssetValues} v where v.asset_id = a.id) as values
    from ${ownAssets} a where a.user_id = ${actor.userId} and ${where} order by a.created_at, a.id limit ${MAX_ASSETS}::int`
    )
  )

const encryptionContext = (id: string, userId: string) => ({
  table: 'own_assets',
  row: id,
  owner: userId
})

/**
 * The name as the user entered it. A missing key hides only names: the values still count.
 */
export function readAssetName(
  { id, name, sealedName }: { id: string; name: string; sealedName: string | null },
  userId: string
): string {
  // A plain name is newer: the version before encryption wrote it.
  if (name || !sealedName) return name
  try {
    return decryptStored(sealedName, encryptionContext(id, userId))
  } catch (thrown) {
    if (isIntegrationError(thrown) && thrown.code === 'SEAL_BROKEN') return UNREADABLE_NAME
    throw thrown
  }
}

const toAsset = (
  { userId }: UserActor,
  { values, sealedName, ...rest }: InferRow<typeof ASSET>
): OwnAsset => ({
  ...rest,
  name: readAssetName({ ...rest, sealedName }, userId),
  values: values.map(({ on, minor }) => ({ on, minor: BigInt(minor) }))
})

/** In the order of entry. */
export const listOwnAssets = async (actor: UserActor): Promise<OwnAsset[]> =>
  (await list(actor, sql`true`)).map((row) => toAsset(actor, row))

/** @throws RequestError not_found. */
export async function getOwnAsset(actor: UserActor, id: string): Promise<OwnAsset> {
  const [found] = isUuid(id) ? await list(actor, sql`a.id = ${id}::uuid`) : []
  if (!found) throw notFound('asset')
  return toAsset(actor, found)
}

export type NewAsset = {
  id?: string
  name: string
  kind: AssetKind
  currency: string
  value: AssetValue
}

/** @returns its id, also of one that exists; null if the user has reached the limit. */
export async function createOwnAsset(
  actor: UserActor,
  { id = randomUUID(), name, kind, currency, value, ...rest }: NewAsset
): Promise<string | null> {
  nothingElse(rest)
  const sealedName = encrypt(name, encryptionContext(id, actor.userId))
  const [[stored]] = await transaction(actor, [
    typed(
      rowType({ id: ownAssets.id }),
      auditedChange(
        actor,
        sql`insert into ${ownAssets} (id, user_id, name, sealed_name, kind, currency) select ${id}::uuid, ${actor.userId}, '', ${sealedName}, ${kind}, ${currency}
        where not exists (select 1 from ${ownAssets} where ${isOwn(actor, id)})
          and (select count(*) from ${ownAssets} where user_id = ${actor.userId}) < ${MAX_ASSETS}::int returning id, user_id`,
        { action: 'asset.added', subject: sql`id`, result: sql`select id from changed` }
      )
    ),
    // A separate statement: the owner of the value follows from the stored asset.
    sql`insert into ${ownAssetValues} (asset_id, valued_on, minor)
      select id, ${value.on}::date, ${value.minor}::numeric from ${ownAssets} where ${isOwn(actor, id)}
      on conflict do nothing`
  ])
  const isStored = stored ?? (await list(actor, sql`a.id = ${id}::uuid`))[0]
  return isStored ? id : null
}

const isOwn = (actor: UserActor, id: string) =>
  sql`id = ${isUuid(id) ? id : null}::uuid and user_id = ${actor.userId}`

/**
 * Changes one asset of the user; `write` is a CTE over `changed`.
 * @throws RequestError not_found.
 */
async function updateAsset(
  actor: UserActor,
  action: string,
  change: SQL,
  write?: SQL
): Promise<void> {
  const changed = await execute(
    actor,
    auditedChange(actor, change, {
      action,
      subject: sql`id`,
      ...(write && { also: sql`written as (${write})` })
    })
  )
  if (!changed) throw notFound('asset')
}

type AssetChange = { name?: string | undefined; kind?: AssetKind | undefined }

/** Changes the given fields. @throws RequestError not_found. */
export const updateOwnAsset = <C extends AssetChange>(
  actor: UserActor,
  id: string,
  input: Exact<AssetChange, C>
): Promise<void> => {
  const { name, kind, ...rest }: AssetChange = input
  nothingElse(rest)
  const sealedName = name === undefined ? null : encrypt(name, encryptionContext(id, actor.userId))
  return updateAsset(
    actor,
    'asset.changed',
    sql`update ${ownAssets} set name = case when ${sealedName}::text is null then name else '' end, sealed_name = coalesce(${sealedName}, sealed_name), kind = coalesce(${kind ?? null}, kind), updated_at = now()
      where ${isOwn(actor, id)} returning id, user_id`
  )
}

/**
 * Sets the value from a day on; the last value entered for a day counts. @throws RequestError
 * not_found.
 */
export const setAssetValue = (
  actor: UserActor,
  id: string,
  { on, minor }: AssetValue
): Promise<void> =>
  updateAsset(
    actor,
    'asset.valued',
    sql`select id, user_id from ${ownAssets} where ${isOwn(actor, id)}`,
    sql`insert into ${ownAssetValues} (asset_id, valued_on, minor) select id, ${on}::date, ${minor}::numeric from changed
      on conflict (asset_id, valued_on) do update set minor = excluded.minor, updated_at = now()`
  )

/** Deletes the value of a day, except the last remaining one. @throws RequestError not_found. */
export const deleteAssetValue = (actor: UserActor, id: string, on: string): Promise<void> =>
  updateAsset(
    actor,
    'asset.value_removed',
    sql`delete from ${ownAssetValues} v using ${ownAssets} a where a.id = v.asset_id and a.id = ${isUuid(id) ? id : null}::uuid and a.user_id = ${actor.userId}
      and v.valued_on = ${on}::date and exists (select 1 from ${ownAssetValues} o where o.asset_id = a.id and o.valued_on <> v.valued_on)
      returning a.id, a.user_id`
  )

/** Deletes an asset with all its values, past ones included. @throws RequestError not_found. */
export const deleteOwnAsset = (actor: UserActor, id: string): Promise<void> =>
  updateAsset(
    actor,
    'asset.removed',
    sql`delete from ${ownAssets} where ${isOwn(actor, id)} returning id, user_id`
  )
