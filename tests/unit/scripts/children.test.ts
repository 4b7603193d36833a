import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { isAlive } from '@/scripts/lock.mjs'
import { runChild, startChild } from '@/scripts/stack/children'

const dir = mkdtempSync(join(tmpdir(), 'pangea children '))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const child = (name: string, code: string) => ({
  name,
  args: ['-e', code],
  cwd: dir,
  env: { PATH: process.env.PATH ?? '' },
  logDir: dir,
  healthy: async () => true
})
const FOREVER = "console.log('hello'); setInterval(() => {}, 1000)"

describe('a child process', () => {
  it('is restarted after every crash, with growing delays, and reported when it keeps crashing', async () => {
    const said: string[] = []
    const dead = vi.fn()
    const running = await startChild(
      { ...child('bank', FOREVER), restartPausesMs: [0, 100, 200] },
      dead,
      (line) => said.push(line)
    )
    const crash = () => {
      const pid = running.pid() ?? 0
      process.kill(pid, 'SIGKILL')
      return pid
    }
    for (const pause of ['', ' in 0.1 s', ' in 0.2 s']) {
      const crashed = crash()
      await vi.waitFor(() => expect(running.pid()).not.toBe(crashed), 5_000)
      expect(said.at(-1)).toBe(`! bank stopped (SIGKILL); starting it again${pause}`)
    }
    expect(dead).not.toHaveBeenCalled()
    crash()
    await vi.waitFor(
      () =>
        expect(dead).toHaveBeenCalledWith(
          expect.stringContaining('bank stopped 4 times (SIGKILL)')
        ),
      5_000
    )
    expect(said).toHaveLength(3)
  })

  it('has a log that only its owner can read, also one that an earlier version wrote', async () => {
    const logDir = join(dir, 'logs')
    const mode = (path: string) => statSync(path).mode & 0o777
    await runChild({ ...child('once', "console.log('hello')"), logDir })
    expect([mode(logDir), mode(join(logDir, 'once.log'))]).toEqual([0o700, 0o600])
    chmodSync(join(logDir, 'once.log'), 0o644)
    await runChild({ ...child('once', "console.log('again')"), logDir })
    expect(mode(join(logDir, 'once.log'))).toBe(0o600)
  })

  it('is not ready while another process answers at its address', async () => {
    const other = createServer((_, response) => response.end('{"ok":true,"pid":1}'))
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    const { port } = other.address() as AddressInfo
    const { healthy: _, ...late } = child('late', "console.error('taken'); process.exit(3)")
    const start = startChild({ ...late, healthUrl: `http://127.0.0.1:${port}/` }, () => {})
    await expect(start).rejects.toThrow(/late did not start \(exit code 3\):\ntaken/)
    other.close()
  })

  it('that runs for a while after each crash is restarted without end', async () => {
    const dead = vi.fn()
    const running = await startChild(
      { ...child('forgiven', FOREVER), restartPausesMs: [0], forgiveAfterMs: 1 },
      dead,
      () => {}
    )
    for (let crash = 0; crash < 4; crash++) {
      const pid = running.pid() ?? 0
      process.kill(pid, 'SIGKILL')
      await vi.waitFor(() => expect(running.pid()).not.toBe(pid), 5_000)
    }
    expect(dead).not.toHaveBeenCalled()
    await running.stop()
  })

  it('of a deployment is left to the process manager at its first crash', async () => {
    const dead = vi.fn()
    const running = await startChild({ ...child('served', FOREVER), restartPausesMs: [] }, dead)
    process.kill(running.pid() ?? 0, 'SIGKILL')
    await vi.waitFor(
      () => expect(dead).toHaveBeenCalledWith(expect.stringMatching(/^served stopped \(SIGKILL\)/)),
      5_000
    )
  })

  it('is not restarted when it was stopped on purpose', async () => {
    const said: string[] = []
    const running = await startChild(child('quiet', FOREVER), vi.fn(), (line) => said.push(line))
    const pid = running.pid() ?? 0
    await running.stop()
    expect(isAlive(pid)).toBe(false)
    expect(said).toEqual([])
  })

  it('is killed when it does not stop on request', async () => {
    const running = await startChild(
      { ...child('stubborn', `process.on('SIGTERM', () => {}); ${FOREVER}`), stopWithinMs: 100 },
      vi.fn()
    )
    await vi.waitFor(
      () => expect(readFileSync(join(dir, 'stubborn.log'), 'utf8')).toContain('hello'),
      5_000
    )
    await running.stop()
    expect(isAlive(running.pid() ?? 0)).toBe(false)
  })

  it('that fails while starting reports its last lines', async () => {
    const broken = {
      ...child('broken', "console.error('no such table'); process.exit(3)"),
      healthy: async () => false
    }
    await expect(startChild(broken, vi.fn())).rejects.toThrow(
      /broken did not start \(exit code 3\):\nno such table/
    )
  })

  it('that is run to completion throws when it fails', async () => {
    await expect(runChild(child('fails', 'process.exit(4)'))).rejects.toThrow(
      'fails failed (exit code 4)'
    )
    await expect(runChild(child('works', ''))).resolves.toBeUndefined()
  })

  it('ends when its parent process is killed', async () => {
    const preload = pathToFileURL(
      join(import.meta.dirname, '../../../scripts/with-parent.mjs')
    ).href
    const parent = `const c = require('child_process').spawn(process.execPath, ['--import', ${JSON.stringify(preload)} + '?parent=' + process.pid, '-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' }); console.log(c.pid); setInterval(() => {}, 1000)`
    const starter = spawn(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'ignore'] })
    const pid = await new Promise<number>((resolve) =>
      starter.stdout.once('data', (data) => resolve(Number(data)))
    )
    starter.kill('SIGKILL')
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 5_000)
  })
})
