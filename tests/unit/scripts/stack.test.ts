import { expect, it } from 'vitest'
import { healthUrlOf } from '@/scripts/stack/stack'

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
