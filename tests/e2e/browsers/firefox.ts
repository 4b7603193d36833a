/** Firefox, driven over Marionette, its own socket: Debian has no geckodriver. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type BrowserSetup,
  type Command,
  type Driver,
  type Params,
  retryUntilReady,
  stopProcess
} from '@/tests/e2e/browsers/webdriver'

/** Only this machine answers: every other host goes to a proxy that does not exist. */
const PREFERENCES = {
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.no_proxies_on': 'localhost, 127.0.0.1',
  'app.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false
}

export async function openFirefox({ binary, port }: BrowserSetup): Promise<Driver> {
  const profile = mkdtempSync(join(tmpdir(), 'pangea-firefox-'))
  const lines = Object.entries({ ...PREFERENCES, 'marionette.port': port }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`
  )
  writeFileSync(join(profile, 'user.js'), lines.join('\n'))
  const args = ['--marionette', '--headless', '--no-remote', '--profile', profile]
  const child = spawn(binary, args, { env: { ...process.env, HOME: profile }, stdio: 'ignore' })
  let socket: Socket | undefined
  const quit = async () => {
    socket?.destroy()
    await stopProcess(child)
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    socket = await retryUntilReady(() => dial(port))
    const send = marionette(socket)
    await send('NewSession', { capabilities: {} })
    return { send, quit }
  } catch (error) {
    await quit()
    throw error
  }
}

const dial = (port: number) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket))
    socket.once('error', reject)
  })

type Reply = (error: { error: string; message: string } | null, result: unknown) => void

/**
 * Messages are `length:json`. A request is [0, id, command, params]; its response is [1, id, error,
 * result] (Firefox source docs, testing/marionette/Protocol).
 */
function marionette(socket: Socket) {
  const pending = new Map<number, Reply>()
  let rest = Buffer.alloc(0)
  let lastId = 0
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const colon = rest.indexOf(':')
      const end = colon + 1 + Number(rest.subarray(0, colon))
      if (colon < 0 || rest.length < end) return
      const message = JSON.parse(rest.subarray(colon + 1, end).toString())
      rest = rest.subarray(end)
      // The first message is a greeting.
      if (Array.isArray(message)) pending.get(message[1])?.(message[2], message[3])
    }
  })
  return (command: Command | 'NewSession', params: Params = {}) =>
    new Promise<unknown>((resolve, reject) => {
      const id = ++lastId
      pending.set(id, (error, result) => {
        pending.delete(id)
        if (error) reject(new Error(`${command}: ${error.error}: ${error.message}`))
        else resolve(unwrap(result))
      })
      const message = JSON.stringify([0, id, `WebDriver:${command}`, params])
      socket.write(`${Buffer.byteLength(message)}:${message}`)
    })
}

const unwrap = (result: unknown) =>
  result && typeof result === 'object' && 'value' in result ? result.value : result
