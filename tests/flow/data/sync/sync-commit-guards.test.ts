import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import {
  account,
  app,
  auditActionsOf,
  claimRun,
  connect,
  newUser,
  page,
  result,
  sync,
  transaction,
  usd
} from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import { onStatement } from '@/xata/client'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const listed = async (user: UserActor) =>
  (await DataService.listTransactions(user, { limit: 200 })).items
const linked = async () => {
  const user = await newUser()
  return { user, connectionId: await connect(user) }
}

describe('commitSync', () => {
  test('that is told of no staged page applies none and writes nothing if there is one', async () => {
    const { user, connectionId } = await linked()
    const run = await claimRun(storage, connectionId)
    await DataService.stagePage(run, 0, page({ added: [transaction('a')] }))
    const before = await DataService.getConnection(user, connectionId)
    const wrong = result({ staged: false, accounts: [account('new')] })
    expect(await DataService.commitSync(run, wrong)).toMatchObject({ applied: false })
    expect(await DataService.getConnection(user, connectionId)).toEqual(before)
    expect(await DataService.commitSync(run, result())).toMatchObject({ applied: true, added: 1 })
    expect(await listed(user)).toHaveLength(1)
  })

  test('of twelve concurrent commits of one run exactly one applies', async () => {
    const { user, connectionId } = await linked()
    const run = await claimRun(storage, connectionId)
    await DataService.stagePage(run, 0, page({ added: [transaction('a'), transaction('b')] }))
    const commits = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        DataService.commitSync(run, result({ nextCursor: `cursor-${n}` }))
      )
    )
    expect(commits.filter(({ applied }) => applied)).toEqual([
      { applied: true, added: 2, modified: 0, removed: 0 }
    ])
    expect(await listed(user)).toHaveLength(2)
    expect(
      (await auditActionsOf(storage, user)).filter((action) => action === 'sync.completed')
    ).toHaveLength(1)
  })

  test('a run with a lost lease stages and commits nothing, and its staged pages are never applied', async () => {
    const { user, connectionId } = await linked()
    const lost = await claimRun(storage, connectionId)
    await DataService.stagePage(lost, 0, page({ added: [transaction('lost')] }))
    await storage.rows(
      `update sync_runs set lease_until = now() - interval '1 second' where id = $1`,
      [lost.id]
    )
    const taken = await DataService.claimSyncRun(app, { leaseMs: 60_000 })
    expect(taken?.id).toBe(lost.id)
    if (!taken) throw new Error('the run was not claimed')
    const before = await DataService.getConnection(user, connectionId)
    await expect(
      DataService.stagePage(lost, 1, page({ added: [transaction('late')] }))
    ).rejects.toMatchObject({ service: 'xata', code: 'ABANDONED' })
    expect(
      await DataService.commitSync(
        lost,
        result({ accounts: [account('checking', { current: usd(1n) }), account('new')] })
      )
    ).toMatchObject({
      applied: false
    })
    await DataService.failSync(
      lost,
      { service: 'plaid', code: 'X', retryable: false, retryAfterMs: null },
      { status: 'bad', errorType: 'T', errorCode: 'X' }
    )
    expect(await DataService.getConnection(user, connectionId)).toEqual(before)
    expect((await DataService.listAccounts(user)).map(({ current }) => current)).toEqual([
      usd(10_000n)
    ])
    await DataService.stagePage(taken, 0, page({ added: [transaction('kept')] }))
    expect(await DataService.commitSync(taken, result())).toMatchObject({ applied: true, added: 1 })
    expect((await listed(user)).map(({ name }) => name)).toEqual(['Payment kept'])
  })

  test('pages staged before the sync restarted are not applied', async () => {
    const { user, connectionId } = await linked()
    const run = await claimRun(storage, connectionId)
    await DataService.stagePage(run, 0, page({ added: [transaction('old')] }))
    await DataService.stagePage(run, 1, page({ added: [transaction('older')] }))
    await DataService.deleteStagedPages(run)
    await DataService.stagePage(run, 0, page({ added: [transaction('new')] }))
    await DataService.commitSync(run, result())
    expect((await listed(user)).map(({ name }) => name)).toEqual(['Payment new'])
  })

  test('sends as many statements for five pages as for one', async () => {
    const counts = []
    for (const pages of [1, 5]) {
      const { connectionId } = await linked()
      const run = await claimRun(storage, connectionId)
      for (let n = 0; n < pages; n++)
        await DataService.stagePage(run, n, page({ added: [transaction(`t${n}`)] }))
      let sent = 0
      const stop = onStatement(() => sent++)
      await DataService.commitSync(run, result())
      stop()
      counts.push(sent)
    }
    expect(counts[0]).toBeGreaterThan(0)
    expect(counts[1]).toBe(counts[0])
  })

  test('a value that Postgres refuses leaves everything unchanged', async () => {
    const { user, connectionId } = await linked()
    const run = await claimRun(storage, connectionId)
    await DataService.stagePage(run, 0, page({ added: [transaction('a')] }))
    await expect(
      DataService.commitSync(
        run,
        result({ accounts: [account('checking', { current: usd(1n) })], bankDataAt: 'never' })
      )
    ).rejects.toMatchObject({
      service: 'xata',
      retryable: false
    })
    expect(await listed(user)).toEqual([])
    expect((await DataService.listAccounts(user))[0]?.current).toEqual(usd(10_000n))
    expect((await DataService.getConnection(user, connectionId)).sync?.status).toBe('in_progress')
  })

  test('a bank without data does not lose the last sync’s cursor', async () => {
    const { user, connectionId } = await linked()
    await sync(storage, connectionId, [], { nextCursor: 'here' })
    await sync(storage, connectionId, [], { nextCursor: null })
    expect((await DataService.getConnection(user, connectionId)).cursor).toBe('here')
  })
})
