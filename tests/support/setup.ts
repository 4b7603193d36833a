import { afterEach, expect, vi } from 'vitest'

// A console.error nobody expected is a fault nobody saw.
const errors = vi.spyOn(console, 'error')
afterEach(() => {
  const calls = errors.mock.calls.splice(0)
  expect(calls, 'unexpected console.error').toEqual([])
})

/** Where files share a process, each begins as if it had its own: nothing that an earlier one configured or kept is there. */
const INITIAL_ENVIRONMENT = Symbol.for('tests.environment')
const shared = globalThis as unknown as Record<symbol, NodeJS.ProcessEnv | undefined>
shared[INITIAL_ENVIRONMENT] ??= { ...process.env }
for (const name of Object.keys(process.env))
  if (!(name in shared[INITIAL_ENVIRONMENT])) delete process.env[name]
Object.assign(process.env, shared[INITIAL_ENVIRONMENT])
for (const symbol of Object.getOwnPropertySymbols(globalThis))
  if (symbol.description?.startsWith('pangea.')) Reflect.deleteProperty(globalThis, symbol)
