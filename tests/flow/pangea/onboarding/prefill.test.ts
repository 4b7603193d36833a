/** The optional start of the application: a linked bank suggests answers. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { plaid } from '@/pangea.config'
import { linkBankThroughLink } from '@/tests/support/connections'
import { resetSingletons } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => {
  plaid.prefillFromBank = false
  return world.close()
})
beforeEach(() => {
  plaid.prefillFromBank = true
})

const IDENTITY = {
  names: ['ADA MARIA OKAFOR'],
  emails: [],
  phone_numbers: [{ data: '4155550132', primary: true, type: 'mobile1' }],
  addresses: [
    {
      primary: true,
      data: {
        street: '1 Market Street',
        city: 'San Francisco',
        region: 'CA',
        postal_code: '94105',
        country: 'US'
      }
    }
  ]
}
const LOGIN = {
  username: 'user_custom',
  password: JSON.stringify({
    override_accounts: [{ type: 'depository', subtype: 'checking', identity: IDENTITY }]
  })
}

/** A user who linked a bank before applying. */
async function linkedFirst() {
  const user = await world.createUser()
  const { connectionId } = await linkBankThroughLink(world, user, { kind: 'application', ...LOGIN })
  return { user, connectionId }
}
const factsOf = (user: UserActor) => DataService.getOnboardingFacts(user)
const wasAsked = (connectionId: string) =>
  world.storage.rows(
    `select 1 from vendor_events where connection_id = $1 and method = '/identity/get'`,
    [connectionId]
  )

test('a linked bank suggests name, phone number and address, which are no answers yet', async () => {
  const { user, connectionId } = await linkedFirst()
  expect(await PangeaService.prefillApplication(user, { connectionId })).toEqual({ filled: true })
  expect((await factsOf(user)).draft).toEqual({
    fromBank: {
      bank: 'First Platypus Bank',
      name: { firstName: 'Ada', middleName: 'Maria', lastName: 'Okafor' },
      phone: { number: '+14155550132' },
      address: {
        street: '1 Market Street',
        street2: null,
        city: 'San Francisco',
        state: 'CA',
        postalCode: '94105'
      }
    }
  })
  const answer = { firstName: 'Ada', middleName: null, lastName: 'Okafor-Bell' }
  const { step } = await PangeaService.saveAnswer(user, { question: 'name', answer })
  expect(step).toBe('date-of-birth')
  expect((await factsOf(user)).draft.name).toEqual(answer)
})

test('what the bank said is stored encrypted, and is in no log', async () => {
  const { user, connectionId } = await linkedFirst()
  const logged = captureLogs()
  try {
    await PangeaService.prefillApplication(user, { connectionId })
  } finally {
    resetSingletons('log')
  }
  expect(logged()).not.toContain('Okafor')
  const [row] = await world.storage.rows<{ sealed: string }>(
    'select sealed from application_drafts where user_id = $1',
    [user.userId]
  )
  expect(row?.sealed).not.toMatch(/Okafor|Market|4155550132/)
})

test('a bank that is linked without Identity is read for it only if it agrees', async () => {
  const user = await world.createUser()
  const { connectionId } = await linkBankThroughLink(world, user, LOGIN)
  const logged = captureLogs()
  try {
    expect(await PangeaService.prefillApplication(user, { connectionId })).toEqual({
      filled: false
    })
  } finally {
    resetSingletons('log')
  }
  expect(logged()).toContain('ADDITIONAL_CONSENT_REQUIRED')
  expect((await factsOf(user)).draft).toEqual({})
})

test('a bank that does not answer leaves the application as it was', async () => {
  const { user, connectionId } = await linkedFirst()
  const logged = captureLogs()
  try {
    const fault = { path: '/identity/get', kind: '400', code: 'PRODUCT_NOT_READY' }
    await world.control('plaid', '/faults', fault)
    expect(await PangeaService.prefillApplication(user, { connectionId })).toEqual({
      filled: false
    })
  } finally {
    world.plaid.faults.clear()
    resetSingletons('log')
  }
  expect(logged()).toContain('application.not_prefilled')
  expect((await factsOf(user)).draft).toEqual({})
})

test('another user’s bank is unknown, and no bank is read without the setting', async () => {
  const { user, connectionId } = await linkedFirst()
  const other = await world.createUser()
  await expect(PangeaService.prefillApplication(other, { connectionId })).rejects.toMatchObject({
    code: 'not_found'
  })
  plaid.prefillFromBank = false
  expect(await PangeaService.prefillApplication(user, { connectionId })).toEqual({ filled: false })
  expect(await wasAsked(connectionId)).toEqual([])
})
