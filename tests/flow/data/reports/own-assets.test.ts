import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as DataService from '@/lib/services/data'
import * as PangeaService from '@/lib/services/pangea'
import {
  account,
  auditActionsOf,
  connect,
  newUser,
  userVersionOf
} from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const TODAY = '2026-03-21'
const house = {
  name: 'House',
  kind: 'home',
  currency: 'USD',
  value: '250000.50',
  on: '2026-01-01',
  today: TODAY
} as const

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const netIn = async (user: Parameters<typeof DataService.getNetWorth>[0], currency: string) =>
  (await DataService.getNetWorth(user, TODAY)).currencies.find((one) => one.currency === currency)

describe('own assets', () => {
  it('are counted with bank balances, currency by currency, by their newest value', async () => {
    const owner = await newUser()
    await connect(owner, { accounts: [account('checking')] })
    const { id } = await PangeaService.addAsset(owner, house)
    await PangeaService.addAsset(owner, { ...house, name: 'Car loan', kind: 'loan', value: '100' })
    await PangeaService.addAsset(owner, { ...house, name: 'Cabin', currency: 'JPY', value: '700' })
    expect(await netIn(owner, 'USD')).toMatchObject({
      assets: 25_010_050n,
      debts: 10_000n,
      net: 25_000_050n
    })
    expect(await netIn(owner, 'JPY')).toMatchObject({ net: 700n, asOf: null })
    await PangeaService.setAssetValue(owner, id, { value: '300000', on: TODAY, today: TODAY })
    expect(await netIn(owner, 'USD')).toMatchObject({ assets: 30_010_000n })
    await PangeaService.setAssetValue(owner, id, { value: '1', on: '2025-12-01', today: TODAY })
    expect(await netIn(owner, 'USD')).toMatchObject({ assets: 30_010_000n })
    await DataService.deleteOwnAsset(owner, id)
    expect(await netIn(owner, 'USD')).toMatchObject({ assets: 10_000n })
    expect(await auditActionsOf(storage, owner)).toEqual(
      expect.arrayContaining(['asset.added', 'asset.valued', 'asset.removed'])
    )
    expect(await userVersionOf(owner)).toBeGreaterThanOrEqual(6)
  })

  it('have one value a day, keep the last one, and keep their history when renamed', async () => {
    const owner = await newUser()
    const { id } = await PangeaService.addAsset(owner, house)
    await PangeaService.setAssetValue(owner, id, { value: '5', on: TODAY, today: TODAY })
    await PangeaService.setAssetValue(owner, id, { value: '6', on: TODAY, today: TODAY })
    await DataService.updateOwnAsset(owner, id, { name: 'Old house' })
    const changed = await DataService.getOwnAsset(owner, id)
    expect(changed).toMatchObject({
      name: 'Old house',
      kind: 'home',
      values: [
        { on: TODAY, minor: 600n },
        { on: '2026-01-01', minor: 25_000_050n }
      ]
    })
    await PangeaService.deleteAssetValue(owner, id, { on: '2026-01-01' })
    await expect(PangeaService.deleteAssetValue(owner, id, { on: TODAY })).rejects.toMatchObject({
      code: 'conflict'
    })
    await DataService.deleteAssetValue(owner, id, TODAY).catch(() => {})
    expect((await DataService.getOwnAsset(owner, id)).values).toEqual([{ on: TODAY, minor: 600n }])
  })

  it('are private, and have no value from tomorrow', async () => {
    const [owner, other] = [await newUser(), await newUser()]
    const { id } = await PangeaService.addAsset(owner, house)
    const missing = { code: 'not_found' }
    await expect(DataService.getOwnAsset(other, id)).rejects.toMatchObject(missing)
    await expect(DataService.updateOwnAsset(other, id, { name: 'Mine' })).rejects.toMatchObject(
      missing
    )
    await expect(
      DataService.setAssetValue(other, id, { on: TODAY, minor: 1n })
    ).rejects.toMatchObject(missing)
    await expect(DataService.deleteOwnAsset(other, id)).rejects.toMatchObject(missing)
    await expect(DataService.deleteOwnAsset(other, 'not-an-id')).rejects.toMatchObject(missing)
    expect(await DataService.listOwnAssets(other)).toEqual([])
    await expect(
      PangeaService.setAssetValue(owner, id, { value: '1', on: '2026-03-22', today: TODAY })
    ).rejects.toMatchObject({
      fields: { on: expect.any(String) }
    })
  })

  describe('names', () => {
    const stored = async (id: string) =>
      (
        await storage.rows<{ name: string; sealed: string }>(
          'select name, sealed_name as sealed from own_assets where id = $1',
          [id]
        )
      )[0]

    it('are stored encrypted, for this asset and owner only', async () => {
      const [owner, other] = [await newUser(), await newUser()]
      const { id } = await PangeaService.addAsset(owner, { ...house, name: '12 Elm Street' })
      const mine = await PangeaService.addAsset(other, house)
      const row = await stored(id)
      expect(row?.name).toBe('')
      expect(row?.sealed).toMatch(/^\w+\.[\w-]{40,}$/)
      await storage.rows('update own_assets set sealed_name = $1 where id = $2', [
        row?.sealed,
        mine.id
      ])
      expect((await DataService.getOwnAsset(owner, id)).name).toBe('12 Elm Street')
      expect((await DataService.getOwnAsset(other, mine.id)).name).toBe('Name unavailable')
    })

    it('from before the encryption are encrypted by a job, in steps, and a newer name wins', async () => {
      const owner = await newUser()
      const ids: string[] = []
      for (const name of ['One', 'Two', 'Three']) {
        const { id } = await PangeaService.addAsset(owner, house)
        ids.push(id)
        await storage.rows('update own_assets set name = $2 where id = $1', [id, name])
      }
      expect(await DataService.encryptAssetNames({ limit: 1 }), 'then the process died').toBe(1)
      await PangeaService.encryptNames({ batch: 2 })
      expect(
        await storage.rows(`select 1 from own_assets where name <> '' and user_id = $1`, [
          owner.userId
        ])
      ).toEqual([])
      expect((await DataService.listOwnAssets(owner)).map(({ name }) => name)).toEqual([
        'One',
        'Two',
        'Three'
      ])
    })

    it('from before the encryption are read, and encrypted when the user changes them', async () => {
      const owner = await newUser()
      const { id } = await PangeaService.addAsset(owner, house)
      await storage.rows("update own_assets set name = 'Old text' where id = $1", [id])
      expect((await DataService.getOwnAsset(owner, id)).name).toBe('Old text')
      await DataService.updateOwnAsset(owner, id, { kind: 'other' })
      expect((await stored(id))?.name).toBe('Old text')
      await DataService.updateOwnAsset(owner, id, { name: 'New name' })
      expect((await stored(id))?.name).toBe('')
      expect((await DataService.getOwnAsset(owner, id)).name).toBe('New name')
    })
  })
})
