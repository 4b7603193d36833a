// @vitest-environment node
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openPlaidEmulator, SyncMirror } from '@/tests/support/plaid/emulator'

describe('the emulator’s sync', () => {
  it('becomes ready in two steps when delays are set', async () => {
    const emulator = openPlaidEmulator({ readyAfter: { initial: 2_000, historical: 8_000 } })
    const { token } = await emulator.link()
    expect(await emulator.sync(token)).toMatchObject({
      added: [],
      next_cursor: '',
      transactions_update_status: 'NOT_READY'
    })
    await expect(emulator.call('/transactions/refresh', { access_token: token })).rejects.toThrow(
      'PRODUCT_NOT_READY'
    )
    await emulator.button('/clock', { advance: 2_500 })
    const first = await emulator.sync(token)
    expect(first.transactions_update_status).toBe('INITIAL_UPDATE_COMPLETE')
    const monthAgo = new Date(Date.now() - 32 * 86_400_000).toISOString().slice(0, 10)
    expect(first.added.every((row) => row.date >= monthAgo)).toBe(true)
    await emulator.button('/clock', { advance: 6_000 })
    const rest = await emulator.sync(token, first.next_cursor)
    expect(rest.transactions_update_status).toBe('HISTORICAL_UPDATE_COMPLETE')
    expect(rest.added.every((row) => row.date < (first.added[0]?.date ?? ''))).toBe(true)
  })

  it('goes back as far as the Link token requested, and no further', async () => {
    const emulator = openPlaidEmulator()
    const oldest = async (days: number, user: string) => {
      const mirror = new SyncMirror()
      await mirror.sync(emulator, (await emulator.link({ days, user })).token)
      return Math.min(...[...mirror.rows.values()].map((row) => Date.parse(row.date)))
    }
    const daysBack = async (days: number, user: string) =>
      (Date.now() - (await oldest(days, user))) / 86_400_000
    expect(await daysBack(730, 'a')).toBeGreaterThan(715)
    expect(await daysBack(60, 'b')).toBeLessThan(62)
  })

  it('puts the two halves of a posted purchase on different pages when pages are small', async () => {
    const emulator = openPlaidEmulator()
    const { token, itemId } = await emulator.link()
    const mirror = new SyncMirror()
    await emulator.button(`/items/${itemId}/transactions`, { count: 4, pending: true })
    await mirror.sync(emulator, token)
    const waiting = [...mirror.rows.values()]
      .filter((row) => row.pending)
      .map((row) => row.transaction_id)
    expect(waiting.length).toBeGreaterThanOrEqual(4)
    await emulator.button(`/items/${itemId}/post-pending`)
    await emulator.button('/page-size', { size: waiting.length })
    const one = await emulator.sync(token, mirror.cursor)
    const two = await emulator.sync(token, one.next_cursor)
    expect(one.added.map((row) => row.pending_transaction_id).sort()).toEqual([...waiting].sort())
    expect(one.removed).toEqual([])
    expect(two.removed.map((row) => row.transaction_id).sort()).toEqual([...waiting].sort())
  })

  it('refuses to continue paging after a change, and restarts cleanly', async () => {
    const emulator = openPlaidEmulator()
    const { token, itemId } = await emulator.link()
    const page = await emulator.sync(token, undefined, 50)
    await emulator.button(`/items/${itemId}/mutate`)
    await expect(emulator.sync(token, page.next_cursor, 50)).rejects.toThrow(
      'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION'
    )
    expect((await emulator.sync(token, page.next_cursor, 50)).added).toHaveLength(50)
    await emulator.button(`/items/${itemId}/remove`)
    await expect(emulator.sync(token, page.next_cursor, 50)).rejects.toThrow(
      'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION'
    )
    const restarted = new SyncMirror()
    await restarted.sync(emulator, token, 50)
    expect(restarted.rows.size).toBeGreaterThan(900)
  })

  it('repeats unchanged rows as modified, reports a change once and a removal by id only', async () => {
    const emulator = openPlaidEmulator()
    const { token, itemId } = await emulator.link({ days: 30 })
    const { added, next_cursor } = await emulator.sync(token)
    const [echoed, renamed, gone] = added.filter((row) => !row.pending)
    await emulator.button(`/items/${itemId}/modify`, { id: echoed?.transaction_id })
    await emulator.button(`/items/${itemId}/modify`, {
      id: renamed?.transaction_id,
      patch: { name: 'NEW NAME' }
    })
    await emulator.button(`/items/${itemId}/modify`, {
      id: renamed?.transaction_id,
      patch: { amount: 1.5 }
    })
    await emulator.button(`/items/${itemId}/remove`, { id: gone?.transaction_id })
    const delta = await emulator.sync(token, next_cursor)
    expect(delta.added).toEqual([])
    expect(delta.modified).toEqual([echoed, { ...renamed, name: 'NEW NAME', amount: 1.5 }])
    expect(delta.removed).toEqual([
      { transaction_id: gone?.transaction_id, account_id: gone?.account_id }
    ])
  })

  it('refuses another Item’s cursor', async () => {
    const emulator = openPlaidEmulator()
    const one = await emulator.link()
    const two = await emulator.link({ bank: 'ins_109509' })
    const { next_cursor } = await emulator.sync(one.token)
    await expect(emulator.sync(two.token, next_cursor)).rejects.toThrow('INVALID_FIELD')
  })

  it('of a bank linked again has the same money under new ids', async () => {
    const emulator = openPlaidEmulator()
    const mirrors = [new SyncMirror(), new SyncMirror()]
    for (const mirror of mirrors) await mirror.sync(emulator, (await emulator.link()).token)
    const [one, two] = mirrors.map((mirror) =>
      [...mirror.rows.values()].map((row) => `${row.date} ${row.amount} ${row.name}`).sort()
    )
    expect(one).toEqual(two)
    expect([...(mirrors[0]?.rows.keys() ?? [])].filter((id) => mirrors[1]?.rows.has(id))).toEqual(
      []
    )
  })

  it('survives a kill: same cursors, same responses, and no token in any file', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'plaid-emulator-'))
    const first = openPlaidEmulator({ dataDir })
    const { token, itemId } = await first.link()
    const page = await first.sync(token, undefined, 100)
    await first.button(`/items/${itemId}/transactions`, { count: 2 })
    const before = await first.sync(token, page.next_cursor, 100)
    const accounts = await first.accounts(token)
    const again = openPlaidEmulator({ dataDir })
    expect(await again.sync(token, page.next_cursor, 100)).toEqual({
      ...before,
      request_id: expect.any(String)
    })
    expect(await again.accounts(token)).toEqual(accounts)
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile()
    )
    const texts = files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
    expect(texts.join('\n')).not.toContain(token)
    expect(texts.reduce((sum, text) => sum + text.length, 0)).toBeLessThan(40_000)
    rmSync(dataDir, { recursive: true })
  })
})
