import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emulatorEnv } from '@/scripts/stack/emulator-env'
import { dataDirOf, readEnvironment } from '@/scripts/stack/env-files'
import { freeBlock, freePort, isFree } from '@/scripts/stack/ports'
import { openSecrets } from '@/scripts/stack/secrets'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pangea scripts '))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

describe('the environment', () => {
  it('gives the shell precedence over .env.local, and .env.local over .env', () => {
    writeFileSync(join(dir, '.env'), 'A=env\nB=env\nC=env\n')
    writeFileSync(join(dir, '.env.local'), 'B=local\nC=local\n')
    expect(readEnvironment(dir, { C: 'shell' })).toEqual({ A: 'env', B: 'local', C: 'shell' })
  })

  it('treats an empty value as missing, so that it hides nothing', () => {
    writeFileSync(join(dir, '.env'), 'A=env\nB=\n')
    expect(readEnvironment(dir, { A: '', D: ' ' })).toEqual({ A: 'env' })
  })

  it('takes the data folder from .env.local too', () => {
    expect(dataDirOf(dir)).toBe(join(dir, '.data'))
    writeFileSync(join(dir, '.env.local'), 'PANGEA_DATA_DIR=/srv/pangea-data\n')
    expect(dataDirOf(dir)).toBe('/srv/pangea-data')
  })
})

describe('generated local secrets', () => {
  it('are created once and then stable', () => {
    expect(openSecrets(dir)).toEqual(openSecrets(dir))
  })

  it('are readable by their owner only', () => {
    openSecrets(dir)
    expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600)
  })

  it('gain what a newer version needs without changing the old ones', () => {
    const { encryptionKeys } = openSecrets(dir)
    writeFileSync(join(dir, 'secrets.json'), JSON.stringify({ encryptionKeys }))
    expect(openSecrets(dir)).toMatchObject({
      encryptionKeys,
      cronSecret: expect.stringMatching(/.{20}/)
    })
    expect(JSON.parse(readFileSync(join(dir, 'secrets.json'), 'utf8'))).toHaveProperty(
      'plaidSecret'
    )
  })

  it('contain a key of the required format', () => {
    expect(openSecrets(dir).encryptionKeys).toMatch(/^main:[A-Za-z0-9+/]{43}=$/)
  })
})

describe('emulator addresses', () => {
  it('are not set for a real vendor', () => {
    const env = emulatorEnv(
      ['jiko', 'clerk'],
      { jiko: 'http://127.0.0.1:4030', clerk: 'http://127.0.0.1:4010' },
      openSecrets(dir)
    )
    expect(Object.keys(env).filter((name) => /PLAID|DATABASE/.test(name))).toEqual([])
    expect(env).toMatchObject({
      JIKO_BASE_URL: 'http://127.0.0.1:4030',
      CLERK_FAPI_URL: 'http://127.0.0.1:4010'
    })
  })

  it('include a Clerk instance named after the clone, so that clones on localhost do not share cookies', () => {
    const key = emulatorEnv(['clerk'], {}, openSecrets(dir)).NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY ?? ''
    const clone = createHash('sha256').update(`${process.cwd()}/`).digest('hex').slice(0, 8)
    expect(atob(key.replace('pk_test_', ''))).toBe(`local-sandbox-${clone}.clerk.accounts.dev$`)
  })

  it("load Link's script from the emulator's own origin", () => {
    const env = emulatorEnv(['plaid'], { plaid: 'http://127.0.0.1:4020' }, openSecrets(dir))
    expect(env.PLAID_LINK_SCRIPT_URL).toBe(
      'http://127.0.0.1:4020/link/v2/stable/link-initialize.js'
    )
  })
})

describe('finding ports', () => {
  const hold = (port: number, host: string) =>
    new Promise<{ port: number; free(): Promise<void> }>((resolve) => {
      const server = createServer().listen(port, host, () => {
        const address = server.address()
        resolve({
          port: typeof address === 'object' && address ? address.port : port,
          free: () => new Promise((done) => server.close(() => done()))
        })
      })
    })

  it.each(['127.0.0.1', '::'])(
    'uses the next port when the wanted one is in use on %s',
    async (host) => {
      const taken = await hold(0, host)
      expect(await isFree(taken.port)).toBe(false)
      expect(await freePort(taken.port)).toBeGreaterThan(taken.port)
      await taken.free()
      expect(await isFree(taken.port)).toBe(true)
    }
  )

  it('moves the emulators’ whole port block when one of its ports is in use', async () => {
    const first = await freeBlock(21_000)
    const taken = await hold(first.jiko, '127.0.0.1')
    const second = await freeBlock(first.console)
    await taken.free()
    expect(second.console).toBeGreaterThanOrEqual(first.console + 50)
    expect(second.jiko - second.console).toBe(30)
  })
})
