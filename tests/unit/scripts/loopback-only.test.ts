import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const preload = pathToFileURL(join(import.meta.dirname, '../../../scripts/loopback-only.mjs')).href
const run = (code: string) =>
  promisify(execFile)(process.execPath, ['--import', preload, '--input-type=module', '-e', code], {
    env: { ...process.env, NODE_OPTIONS: '' }
  })

describe('the loopback guard', () => {
  it.each([
    ['fetch', "await fetch('https://example.com').catch((e) => console.log(e.cause.code))"],
    [
      'a socket',
      "import net from 'node:net'; net.connect(80, '192.0.2.1').on('error', (e) => console.log(e.code))"
    ],
    [
      'tls',
      "import tls from 'node:tls'; tls.connect({ host: 'example.com', port: 443 }).on('error', (e) => console.log(e.code))"
    ],
    [
      'a lookup',
      "import { lookup } from 'node:dns/promises'; await lookup('example.com').catch((e) => console.log(e.code))"
    ],
    [
      'a DNS query',
      "import { resolve4 } from 'node:dns'; resolve4('example.com', (e) => console.log(e.code))"
    ]
  ])('refuses the internet to %s and says so', async (_kind, code) => {
    const { stdout, stderr } = await run(code)
    expect(stdout.trim()).toBe('ENOTLOOPBACK')
    expect(stderr).toContain('[loopback-only] refused')
  })

  it.each(['localhost', '127.0.0.1'])('lets %s through', async (host) => {
    const server = createServer((_request, response) => response.end('here')).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { stdout, stderr } = await run(
      `console.log(await (await fetch('http://${host}:${port}')).text())`
    )
    server.close()
    expect([stdout.trim(), stderr]).toEqual(['here', ''])
  })
})
