/** Where the running app and its stand-ins are; the test runner starts them and hands this over. */
export type Stack = {
  appUrl: string
  /** The same app built without proxy.ts. */
  bareUrl: string
  clerkUrl: string
  clerkSecretKey: string
  plaidUrl: string
  plaidClientId: string
  plaidSecret: string
  jikoUrl: string
  /** The database, for looking for what must not be there. */
  databaseUrl: string
  logs: string
  /** Everything that must never leave the server, by the name of its variable. */
  secrets: Record<string, string>
}

export const stack: Stack = JSON.parse(process.env.E2E_STACK ?? '{}') as Stack

/** One of the values that sign or seal. @throws where the runner did not hand it over. */
export function secretOf(name: string): string {
  const value = stack.secrets[name]
  if (!value) throw new Error(`The runner handed over no ${name}.`)
  return value
}

/** Points every helper at another running app, for tests that start one of their own. @returns the way back. */
export function switchStack(other: Stack): () => void {
  const before = { ...stack }
  Object.assign(stack, other)
  return () => void Object.assign(stack, before)
}
