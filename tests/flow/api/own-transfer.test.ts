/**
 * `PATCH /api/v1/transactions/:id {ownTransfer}`: a pair is undone and made again over the API, by
 * its own user only.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GET, PATCH } from '@/app/api/v1/transactions/[id]/route'
import type { TransactionDetailResponse } from '@/lib/api/transaction-edits'
import * as DataService from '@/lib/services/data'
import {
  account,
  connect,
  listAll,
  page,
  result,
  sync,
  transaction,
  usd
} from '@/tests/support/fixtures/data'
import { signIn } from '@/tests/support/handlers'
import { openWorld, type World } from '@/tests/support/world'

const ACCOUNTS = [
  account('checking', { mask: '1111' }),
  account('savings', { name: 'Rainy Day', mask: '2222', subtype: 'savings' })
]
const PLAIN = { categoryPrimary: null, categoryDetailed: null }
const SIDES = [
  transaction('out', { ...PLAIN, name: 'Transfer to 2222', amount: usd(-50_000n) }),
  transaction('in', {
    ...PLAIN,
    name: 'Transfer from 1111',
    amount: usd(50_000n),
    plaidAccountId: 'savings'
  })
]

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function signedIn() {
  const user = await world.createUser()
  await DataService.ensureUser(user)
  const { call } = await signIn(world, user.userId)
  return {
    user,
    read: (id: string) => call<TransactionDetailResponse>(GET, { params: { id } }),
    change: (id: string, body: unknown) =>
      call<TransactionDetailResponse>(PATCH, { method: 'PATCH', params: { id }, body })
  }
}

test('undoes a pair and restores it, refuses an invalid body, and returns 404 to another user', async () => {
  const [owner, otherUser] = await Promise.all([signedIn(), signedIn()])
  const connectionId = await connect(owner.user, { accounts: ACCOUNTS })
  await sync(
    world.storage,
    connectionId,
    [page({ added: [...SIDES, transaction('coffee')] })],
    result({ accounts: ACCOUNTS })
  )
  const rows = await listAll(owner.user, {}, 50)
  const idOf = (name: string) => rows.find((row) => row.name === name)?.id ?? ''
  const out = idOf('Transfer to 2222')

  expect((await owner.change(out, { ownTransfer: false })).body).toMatchObject({
    rows: [{ kind: 'spending' }],
    pair: { accountName: 'Rainy Day', undone: true }
  })
  expect((await owner.read(idOf('Transfer from 1111'))).body).toMatchObject({
    rows: [{ kind: 'income' }],
    pair: { undone: true }
  })
  for (const ownTransfer of ['yes', 1, null, []])
    expect((await owner.change(out, { ownTransfer })).status).toBe(422)
  expect((await otherUser.change(out, { ownTransfer: true })).status).toBe(404)
  expect((await owner.change(idOf('Payment coffee'), { ownTransfer: true })).status).toBe(404)
  expect((await owner.read(out)).body.pair).toMatchObject({ undone: true })

  expect(await owner.change(out, { ownTransfer: true })).toMatchObject({
    status: 200,
    body: { rows: [{ kind: 'transfer' }], pair: { undone: false } }
  })
})
