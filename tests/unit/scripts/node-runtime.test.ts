import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const NODE_RUNTIME = pathToFileURL(join(process.cwd(), 'scripts', 'node-runtime.mjs')).href
const BOOTSTRAP = pathToFileURL(join(process.cwd(), 'scripts', 'bootstrap.mjs')).href
/** npm finds no registry at this address, and does not retry. */
const OFFLINE = { npm_config_registry: 'http://127.0.0.1:1', npm_config_fetch_retries: '0' }

/** Runs a module on this machine's Node, which reports another version. */
async function runAs(version: string, code: string, env: NodeJS.Dict<string> = {}) {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' });`
  const args = ['--input-type=module', '-e', `${pretend}${code}`]
  return promisify(execFile)(process.execPath, args, {
    env: { ...process.env, NODE_OPTIONS: '', ...env }
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr })
  )
}

const ensureIn = (root: string) =>
  `const { ensureNode } = await import('${NODE_RUNTIME}'); console.log('→', await ensureNode(${JSON.stringify(root)}))`
const newFolder = () => mkdtempSync(join(tmpdir(), 'pangea-node-'))

describe('the Node runtime', () => {
  it('is the one that started the command when it is new enough', async () => {
    const { stdout } = await runAs('24.1.0', ensureIn(newFolder()))
    expect(stdout.trim()).toBe(`→ ${process.execPath}`)
  })

  it.skipIf(process.platform === 'win32')(
    'is the cached copy when the machine has an older one, and prints that',
    async () => {
      const root = newFolder()
      const bin = join(root, '.cache', 'node', '24.21.0', 'bin')
      mkdirSync(bin, { recursive: true })
      writeFileSync(join(bin, 'node'), '#!/bin/sh\necho v24.21.0\n')
      chmodSync(join(bin, 'node'), 0o755)
      const { stdout } = await runAs('20.19.0', ensureIn(root))
      expect(stdout).toContain('Node 24.21.0 from .cache/node (this machine has 20.19.0)')
      expect(stdout).toContain(`→ ${join(bin, 'node')}`)
    }
  )

  it('is missing when the registry does not respond, and the message says what to do', async () => {
    const { stdout, stderr } = await runAs('20.19.0', ensureIn(newFolder()), OFFLINE)
    expect(stdout).toContain('→ null')
    expect(stderr).toContain(
      'from the npm registry failed. Install Node 24 from https://nodejs.org'
    )
  })

  it('requires a newer Node when even the bootstrap cannot run', async () => {
    const { code, stderr } = await runAs('16.20.0', `await import('${BOOTSTRAP}')`)
    expect(code).toBe(1)
    expect(stderr).toContain('Pangea needs Node 18 or newer to start')
  })
})
