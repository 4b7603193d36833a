import { expect, it } from 'vitest'
import { healthUrlOf, listenHost } from '@/scripts/stack/stack'

it.each([
  [undefined, '127.0.0.1'],
  ['localhost', '127.0.0.1'],
  ['0.0.0.0', '127.0.0.1'],
  ['::', '127.0.0.1'],
  ['10.0.0.5', '10.0.0.5'],
  ['fd00::5', '[fd00::5]']
])('the health of an app that listens on %s is requested at %s', (host, asked) => {
  expect(healthUrlOf({ env: host ? { HOST: host } : {} }, 3000)).toBe(
    `http://${asked}:3000/api/health/live`
  )
})

it.each([
  [undefined, ['plaid'], 'localhost'],
  [undefined, [], undefined],
  ['127.0.0.1', ['plaid'], 'localhost'],
  ['10.0.0.5', ['plaid'], '10.0.0.5'],
  ['0.0.0.0', [], '0.0.0.0']
] as const)('with HOST=%s and emulators %j the app listens on %s', (host, emulated, expected) => {
  const plan = { emulated: [...emulated], strict: false }
  expect(listenHost({ env: host ? { HOST: host } : {}, plan })).toBe(expected)
})
