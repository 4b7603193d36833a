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
}

export const stack: Stack = JSON.parse(process.env.E2E_STACK ?? '{}') as Stack
