import { afterAll, beforeAll, describe, test } from 'vitest'
import { expectAgreement } from '@/tests/model/simulation/assertions'
import type { History, Step } from '@/tests/model/simulation/steps'
import { openVendorModel, type VendorModel } from '@/tests/model/simulation/vendor-model'

let world: VendorModel
beforeAll(async () => {
  world = await openVendorModel()
})
afterAll(() => world.close())

const steps = (...each: Step[]): History => ({
  transactions: 0,
  chosen: 7,
  pageSize: 1,
  readyAfter: { initial: 0, historical: 0 },
  steps: each
})
const add = (pending = false): Step => ({
  do: 'vendor',
  what: { change: 'add', count: 1, pending, units: 0 }
})
const drain = { do: 'drain' } as const
const DAY = 86_400_000

/** Minimal histories that once ended in the wrong state. */
const REGRESSIONS: [string, History][] = [
  [
    'a cursor that Plaid refuses does not end the syncing',
    steps(drain, add(), { do: 'forget cursors' })
  ],
  [
    'what was removed while the cursor was lost is removed here too',
    steps(
      add(),
      drain,
      { do: 'vendor', what: { change: 'remove', pick: 0 } },
      { do: 'forget cursors' }
    )
  ],
  [
    'what was booked while the cursor was lost keeps its row',
    steps(
      add(true),
      drain,
      { do: 'vendor', what: { change: 'post', pick: 0, all: true } },
      { do: 'forget cursors' }
    )
  ],
  [
    'pages of a killed attempt do not stay',
    steps({ do: 'crash', in: drain, at: 5, side: 'after', restartAfter: 0 }, drain)
  ],
  [
    'a hold that the bank still lists stays, however old',
    steps(add(true), { do: 'wait', ms: 15 * DAY })
  ],
  [
    'a hold that is booked after more than two weeks keeps its row',
    steps(
      add(true),
      drain,
      { do: 'wait', ms: 15 * DAY },
      { do: 'sweep' },
      { do: 'vendor', what: { change: 'post', pick: 0, all: true } }
    )
  ],
  [
    'an account that two connections bring is counted once',
    {
      ...steps(
        { do: 'link', chosen: 5 },
        { do: 'link', chosen: 3 },
        { do: 'vendor', what: { change: 'post', pick: 0, all: false } }
      ),
      chosen: 1
    }
  ],
  [
    'an account that update mode adds and another connection brings is counted once',
    {
      ...steps({ do: 'link', chosen: 4 }, { do: 'relink', chosen: 1, comesBack: false }),
      chosen: 1
    }
  ],
  [
    'an account that a new connection has taken is counted once after the old access is back',
    { ...steps({ do: 'revoke' }, drain, { do: 'link', chosen: 1 }), chosen: 3 }
  ],
  [
    'an account that a sync finds is counted once after the withdrawn access to it is back',
    {
      ...steps(
        { do: 'revoke' },
        { do: 'link', chosen: 1 },
        { do: 'relink', chosen: 6, comesBack: false },
        drain
      ),
      chosen: 2
    }
  ],
  [
    'a login that works again is noticed without a word',
    steps({ do: 'break', code: 'ITEM_LOGIN_REQUIRED' }, drain)
  ],
  [
    'a login that broke and came back between two attempts is noticed',
    steps(
      { do: 'break', code: 'ITEM_LOGIN_REQUIRED' },
      { do: 'webhooks', order: 'last first' },
      { do: 'crash', in: drain, at: 4, side: 'after', restartAfter: 0 }
    )
  ],
  [
    'pages of a sync that a disconnection ended do not stay',
    steps(
      { do: 'crash', in: drain, at: 5, side: 'after', restartAfter: 0 },
      {
        do: 'crash',
        in: { do: 'disconnect', which: 'open', history: 'keep' },
        at: 1,
        side: 'after',
        restartAfter: 0
      }
    )
  ]
]

/**
 * The first worker stops at any point, and continues while the second is in the middle of its own
 * job. The guards of the commit prevent that rows are lost.
 */
const LATE_WORKERS: [string, History][] = [7, 8, 9].map((at) => [
  `a worker that was given up writes nothing in the middle of another's work (stopped at ${at})`,
  steps(
    drain,
    add(),
    { do: 'press' },
    { do: 'stall', at, side: 'before', second: 6, meanwhile: 'nothing' }
  )
])
const READ_ANEW: [string, History][] = [5, 7, 9].map((at) => [
  `a sync that began before its bank was read again writes nothing (stopped at ${at})`,
  steps(
    drain,
    add(),
    { do: 'press' },
    drain,
    add(),
    { do: 'wait', ms: 61_000 },
    { do: 'press' },
    { do: 'stall', at, side: 'before', second: null, meanwhile: 'start over' }
  )
])

describe('histories that once ended in the wrong state', () => {
  test.each([...REGRESSIONS, ...LATE_WORKERS, ...READ_ANEW])('%s', (_, history) =>
    expectAgreement(world, history)
  )
})
