import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SOURCE_ARGS } from '@/scripts/source-args.mjs'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'pangea-logs-'))
  mkdirSync(join(dataDir, 'logs'))
  const lines = Array.from({ length: 30 }, (_, line) => `line ${line}\n`)
  writeFileSync(join(dataDir, 'logs', 'app.log'), lines.join(''))
  writeFileSync(join(dataDir, 'logs', 'plaid.log'), 'listening\n')
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const commandOf = (args: string[]) => [...SOURCE_ARGS, 'scripts/logs.ts', ...args]
const env = () => ({ ...process.env, PANGEA_DATA_DIR: dataDir })
const logs = (...args: string[]) =>
  spawnSync(process.execPath, commandOf(args), { env: env(), encoding: 'utf8' })

it('shows the last lines of every process, or of the named ones', () => {
  const all = logs('--once').stdout.trim().split('\n')
  expect(all).toHaveLength(21)
  expect(all[0]).toBe('app      line 10')
  expect(all.at(-1)).toBe('plaid    listening')
  expect(logs('--once', 'plaid').stdout).toBe('plaid    listening\n')
  const unknown = logs('--once', 'clerk')
  expect(unknown.status).toBe(1)
  expect(unknown.stderr).toContain('There is no log of clerk. There are: app, plaid.')
})

it('follows lines that arrive later, once they are complete', async () => {
  const child = spawn(process.execPath, commandOf(['app']), { env: env() })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  await vi.waitFor(() => expect(output).toContain('line 29'), 8_000)
  appendFileSync(join(dataDir, 'logs', 'app.log'), 'a new ')
  appendFileSync(join(dataDir, 'logs', 'app.log'), 'line\n')
  await vi.waitFor(() => expect(output).toMatch(/app {6}a new line\n$/), 5_000)
  child.kill()
})
