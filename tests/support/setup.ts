import { afterEach, expect, vi } from 'vitest'
import { plaid } from '@/pangea.config'

// An unexpected console.error fails the test.
const errors = vi.spyOn(console, 'error')
afterEach(() => {
  const calls = errors.mock.calls.splice(0)
  expect(calls, 'unexpected console.error').toEqual([])
})

/**
 * When files share a process, each starts as if it had its own: configuration and state of earlier
 * files are removed.
 */
const INITIAL_ENVIRONMENT = Symbol.for('tests.environment')
const shared = globalThis as unknown as Record<symbol, NodeJS.ProcessEnv | undefined>
shared[INITIAL_ENVIRONMENT] ??= { ...process.env }
for (const name of Object.keys(process.env))
  if (!(name in shared[INITIAL_ENVIRONMENT])) delete process.env[name]
Object.assign(process.env, shared[INITIAL_ENVIRONMENT])
for (const symbol of Object.getOwnPropertySymbols(globalThis))
  if (symbol.description?.startsWith('pangea.')) Reflect.deleteProperty(globalThis, symbol)
if (typeof document !== 'undefined') {
  for (const { name } of [...document.documentElement.attributes])
    document.documentElement.removeAttribute(name)
  // What a file has rendered would stay for the next one.
  afterEach(async () => (await import('@testing-library/react')).cleanup())
}

// The programme's optional parts are on in the tests that are about them.
plaid.optionalProducts = []
plaid.recurringPayments = false
plaid.prefillFromBank = false
plaid.checkBalances = false
plaid.compareOwners = false
