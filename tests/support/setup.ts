import { afterEach, expect, vi } from 'vitest'

// A console.error nobody expected is a fault nobody saw.
const errors = vi.spyOn(console, 'error')
afterEach(() => {
  const calls = errors.mock.calls.splice(0)
  expect(calls, 'unexpected console.error').toEqual([])
})
