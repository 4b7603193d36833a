/** Addresses of the running app and its emulators, set by the test runner. */
export type Stack = {
  appUrl: string
  /** The same app without proxy.ts. */
  bareUrl: string
  clerkUrl: string
  clerkSecretKey: string
  plaidUrl: string
  plaidClientId: string
  plaidSecret: string
  jikoUrl: string
  mailUrl: string
  /** The database, to search for values that must not be stored. */
  databaseUrl: string
  logs: string
  /** Secrets that must never leave the server, by variable name. */
  secrets: Record<string, string>
}

/** `E2E_FAULT_STACK` is a stack of its own for the tests that break a vendor for everyone. */
export type StackVariable = 'E2E_STACK' | 'E2E_FAULT_STACK'

/** These files run one after another on `E2E_FAULT_STACK`. */
export const FAULT_SPECS = [
  'agreements-update',
  'canary',
  'recovery',
  'vendor-faults',
  'vendor-outages'
]

/** @returns what the runner wrote into the variable. */
export const readStack = (variable: StackVariable): Stack =>
  JSON.parse(process.env[variable] ?? '{}') as Stack

export const stack: Stack = readStack('E2E_STACK')

/** One of the signing or encryption secrets. @throws when the runner did not set it. */
export function secretOf(name: string): string {
  const value = stack.secrets[name]
  if (!value) throw new Error(`The runner handed over no ${name}.`)
  return value
}

/**
 * Points every helper at another running app, for tests that start their own. @returns a function
 * that restores it.
 */
export function switchStack(other: Stack): () => void {
  const before = { ...stack }
  Object.assign(stack, other)
  return () => void Object.assign(stack, before)
}
