import { expect, it } from 'vitest'
import { inheritedSocket } from '@/scripts/deployment/inherited-socket'

it.each([
  ['for this process', { LISTEN_PID: '7', LISTEN_FDS: '1' }, 3],
  ['for another process, such as npm', { LISTEN_PID: '6', LISTEN_FDS: '1' }, null],
  ['more than one', { LISTEN_PID: '7', LISTEN_FDS: '2' }, null],
  ['none', {}, null]
])('a socket that was passed: %s', (_, variables, descriptor) => {
  expect(inheritedSocket(variables, 7)).toBe(descriptor)
})
