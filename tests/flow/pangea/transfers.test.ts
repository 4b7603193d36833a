import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DataService, PangeaService } from '@/lib/services'
import { type Funder, funder, ledgerOf, prepare } from '@/tests/support/funding'
import { openWorld, type World } from '@/tests/support/world'

const DAY = 24 * 3_600_000

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const stateOf = async ({ person }: Funder, id: string) => (await DataService.getTransfer(person, id)).state
/** Lets the bank's days pass; its webhooks arrive and are dealt with. */
const pass = async (days: number) => {
  await world.control('jiko', '/clock', { advance: days * DAY })
  await world.control('jiko', '/ledger')
  await world.settle()
}

describe('adding money', () => {
  test('goes from shown to settled, and the balance rises only then', async () => {
    await PangeaService.keepAddresses()
    const who = await funder(world)
    const shown = await prepare(who, 'in', 25_000n)
    expect(shown).toMatchObject({
      state: 'draft',
      amount: { minor: 25_000n, currency: 'USD' },
      bank: { name: 'First Platypus Bank', mask: expect.stringMatching(/^\d{4}$/) }
    })
    expect((await ledgerOf(world, who)).transfers).toEqual([])
    expect(await PangeaService.confirmTransfer(who.person, shown.id)).toMatchObject({ state: 'submitted' })
    expect((await ledgerOf(world, who)).transfers).toMatchObject([{ cents: 25_000, direction: 'DEBIT', reference: shown.id }])
    expect((await ledgerOf(world, who)).cents).toBe(0)
    await pass(7)
    expect(await stateOf(who, shown.id)).toBe('settled')
    expect((await DataService.findBankAccount(who.person))?.balance?.minor).toBe(25_000n)
    const audited = await world.storage.rows(`select action from audit_log where user_id = $1 and action like 'transfer.%' order by created_at`, [
      who.person.userId
    ])
    expect(audited.map(({ action }) => action)).toEqual(['transfer.confirmed', 'transfer.moved', 'transfer.moved'])
  })
})
