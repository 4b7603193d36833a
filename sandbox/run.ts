/**
 * Child process of one emulator. SANDBOX_CONFIG has its JSON configuration: {"kind": "clerk",
 * "options": {…}}.
 */

type Running = { close(): Promise<void> }

const KINDS: Record<string, (options: never) => Promise<Running>> = {
  clerk: async (options) => (await import('@/sandbox/clerk')).startClerk(options),
  plaid: async (options) => (await import('@/sandbox/plaid')).startPlaid(options),
  jiko: async (options) => (await import('@/sandbox/jiko')).startJiko(options),
  xata: async (options) => (await import('@/sandbox/xata')).startXata(options),
  'xata-gateway': async (options) => (await import('@/sandbox/xata/gateway')).startGateway(options),
  mail: async (options) => (await import('@/sandbox/mail')).startMail(options),
  console: async (options) => (await import('@/sandbox/console')).startConsole(options)
}

async function run(): Promise<void> {
  const { kind, options } = JSON.parse(process.env.SANDBOX_CONFIG ?? '{}') as {
    kind?: string
    options?: unknown
  }
  const start = kind ? KINDS[kind] : undefined
  if (!start) throw new Error(`SANDBOX_CONFIG must name one of: ${Object.keys(KINDS).join(', ')}`)
  const running = await start(options as never)
  // State is written record by record, so an uncaught error is logged and the emulator continues.
  process.on('uncaughtException', (error) => console.error(error))
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void running.close().finally(() => process.exit(0)))
}

run().catch((error) => {
  console.error(error)
  process.exit(1)
})
