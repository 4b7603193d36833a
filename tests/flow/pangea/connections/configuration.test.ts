/** Configuration changes of a deployment, and their effect on already linked banks. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import {
  linkBankThroughLink,
  linkedUser,
  plaidLedgerOf,
  relinkBankThroughLink
} from '@/tests/support/connections'
import { resetSingletons, withEnvironment } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { completeLink, institutionsInLink } from '@/tests/support/plaid/link-session'
import { openWorld, type World } from '@/tests/support/world'

const CANADIAN = 'ins_43'
const withCanada = <T>(run: () => Promise<T>) =>
  withEnvironment({ PLAID_COUNTRY_CODES: 'US,CA' }, run)

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const asked = (linkToken: string) => institutionsInLink(world.plaid.url, linkToken)

test('a new product is requested in update mode, until consent is given', async () => {
  const user = await world.createUser()
  const publicToken = await world.publicToken('user_good', 'ins_109508', ['identity'])
  const { connectionId } = await PangeaService.linkBank(user, {
    publicToken,
    linkSessionId: null,
    institutionId: null,
    accounts: []
  })
  const missing = async () => (await DataService.getConnection(user, connectionId)).missingProducts
  expect(await missing()).toEqual(['transactions'])
  await relinkBankThroughLink(world, user, connectionId)
  expect(await missing()).toEqual([])
})

test('a new country adds its banks to Link, with amounts in their own currency', async () => {
  const user = await world.createUser()
  const { linkToken } = await PangeaService.connectBank(user)
  expect(await asked(linkToken)).not.toContain(CANADIAN)
  await expect(
    completeLink(world.plaid.url, { linkToken, institutionId: CANADIAN })
  ).rejects.toThrow('INVALID_INSTITUTION')
  await withCanada(async () => {
    expect(await asked((await PangeaService.connectBank(user)).linkToken)).toEqual(
      expect.arrayContaining([CANADIAN, 'ins_109508'])
    )
    const { connectionId } = await linkBankThroughLink(world, user, { institutionId: CANADIAN })
    await world.settle()
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      status: 'good',
      logo: expect.any(String),
      sync: { status: 'completed' }
    })
    expect(
      new Set((await DataService.listAccounts(user)).map(({ current }) => current?.currency))
    ).toEqual(new Set(['CAD']))
  })
})

test('a new country requires nothing of a linked bank, and applies at its next Link session', async () => {
  const { user, connectionId } = await linkedUser(world)
  const before = await DataService.listAccounts(user)
  const { exchanges } = await plaidLedgerOf(world)
  await withCanada(async () => {
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      status: 'good',
      missingProducts: []
    })
    const { linkToken } = await PangeaService.relinkBank(user, connectionId)
    expect(await asked(linkToken)).toContain(CANADIAN)
    expect(await relinkBankThroughLink(world, user, connectionId)).toMatchObject({
      status: 'good'
    })
    await world.settle()
    expect((await DataService.listAccounts(user)).map(({ id }) => id)).toEqual(
      before.map(({ id }) => id)
    )
    expect(await plaidLedgerOf(world)).toMatchObject({ exchanges })
  })
})

test('a removed country leaves its banks readable, with their names, and the operator is warned', async () => {
  const { user, connectionId } = await withCanada(() =>
    linkedUser(world, { institutionId: CANADIAN })
  )
  advanceClock(25 * 3_600_000)
  const logged = captureLogs()
  try {
    await DataService.requestSync(systemActor('test'), connectionId, 'test')
    await world.settle()
  } finally {
    resetSingletons('log')
  }
  expect(logged()).toMatch(/INVALID_INSTITUTION.*plaid\.misconfigured/)
  expect(await DataService.getConnection(user, connectionId)).toMatchObject({
    status: 'good',
    institutionName: expect.stringContaining('Canada'),
    logo: expect.any(String),
    sync: { status: 'completed', code: null }
  })
  expect(
    await relinkBankThroughLink(world, user, connectionId, { institutionId: CANADIAN })
  ).toMatchObject({ status: 'good' })
})
