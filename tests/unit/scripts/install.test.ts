import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'

const INSTALL = pathToFileURL(join(process.cwd(), 'scripts', 'install.mjs')).href
const TOOLS = ['runs', 'checks'] as const
const work = mkdtempSync(join(tmpdir(), 'pangea-install-'))
const tarballs = new Map<string, Buffer>()
let requests: string[] = []
let registry: Server
let project = ''

const tarballPath = (name: string, version: string) => `/${name}/-/${name}-${version}.tgz`

/** A package with a module and its source map. */
function publish(name: string, version: string): void {
  const folder = join(work, 'sources', `${name}-${version}`)
  mkdirSync(join(folder, 'package'), { recursive: true })
  writeFileSync(join(folder, 'package', 'package.json'), JSON.stringify({ name, version }))
  for (const file of ['index.js', 'index.js.map']) writeFileSync(join(folder, 'package', file), '')
  execFileSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: folder })
  tarballs.set(tarballPath(name, version), readFileSync(join(folder, 'package.tgz')))
}

const integrityOf = (path: string) =>
  `sha512-${createHash('sha512')
    .update(tarballs.get(path) ?? '')
    .digest('base64')}`

/** `runs` is needed to run, `checks` for checks. */
function writeProject(version: string): void {
  const manifest = { dependencies: { runs: version }, devDependencies: { checks: version } }
  const entryOf = (name: string) => ({
    version,
    integrity: integrityOf(tarballPath(name, version)),
    ...(name === 'checks' ? { dev: true } : {})
  })
  const entries = TOOLS.map((name) => [`node_modules/${name}`, entryOf(name)])
  const packages = { '': manifest, ...Object.fromEntries(entries) }
  const write = (name: string, content: object) =>
    writeFileSync(join(project, name), JSON.stringify(content))
  write('package.json', { name: 'project', version: '1.0.0', ...manifest })
  write('package-lock.json', { name: 'project', version: '1.0.0', lockfileVersion: 3, packages })
}

async function install({ checks = false } = {}) {
  const options = JSON.stringify({ checks, folder: project })
  const code = `const { ensureInstalled } = await import('${INSTALL}'); process.exit((await ensureInstalled(process.execPath, ${options})) ? 0 : 1)`
  const { port } = registry.address() as AddressInfo
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    npm_config_registry: `http://127.0.0.1:${port}`,
    npm_config_cache: join(work, 'cache'),
    npm_config_fetch_retries: '0'
  }
  const args = ['--input-type=module', '-e', code]
  return promisify(execFile)(process.execPath, args, { env }).then(
    ({ stdout }) => ({ done: true, stdout }),
    ({ stdout }) => ({ done: false, stdout })
  )
}

const installed = () => TOOLS.filter((name) => existsSync(inModules(name, 'index.js')))
const inModules = (...names: string[]) => join(project, 'node_modules', ...names)
const versionOf = (name: string) =>
  JSON.parse(readFileSync(inModules(name, 'package.json'), 'utf8')).version

beforeAll(async () => {
  for (const name of TOOLS) for (const version of ['1.0.0', '2.0.0']) publish(name, version)
  registry = createServer((request, response) => {
    requests.push(request.url ?? '')
    const tarball = tarballs.get(request.url ?? '')
    response.writeHead(tarball ? 200 : 404).end(tarball)
  })
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  registry.close()
  rmSync(work, { recursive: true, force: true, maxRetries: 5 })
})
beforeEach(() => {
  project = mkdtempSync(join(work, 'project-'))
  writeProject('1.0.0')
  requests = []
})

// Each test runs npm several times.
describe('installing packages', { timeout: 120_000 }, () => {
  it('leaves out what only checks need, until a check needs it', async () => {
    await install()
    expect(installed()).toEqual(['runs'])
    await install({ checks: true })
    expect(installed()).toEqual(['runs', 'checks'])
  })

  it('needs no installation while the lock file is the same, also not for less', async () => {
    await install({ checks: true })
    expect(await install({ checks: true })).toEqual({ done: true, stdout: '' })
    expect(await install()).toEqual({ done: true, stdout: '' })
  })

  it('keeps what checks need when the lock file changes', async () => {
    await install({ checks: true })
    writeProject('2.0.0')
    await install()
    expect(TOOLS.map(versionOf)).toEqual(['2.0.0', '2.0.0'])
    const left = () => readdirSync(join(project, '.cache'))
    await vi.waitFor(() => expect(left()).toEqual([]), 60_000)
  })

  it('asks the registry for the packages alone', async () => {
    rmSync(join(work, 'cache'), { recursive: true, force: true })
    await install({ checks: true })
    expect(requests.toSorted()).toEqual([
      tarballPath('checks', '1.0.0'),
      tarballPath('runs', '1.0.0')
    ])
  })

  it('removes source maps and keeps what other programs cached', async () => {
    mkdirSync(inModules('.cache'), { recursive: true })
    writeFileSync(inModules('.cache', 'browser'), '')
    await install()
    expect(existsSync(inModules('runs', 'index.js.map'))).toBe(false)
    expect(existsSync(inModules('.cache', 'browser'))).toBe(true)
  })

  it('changes nothing when it fails', async () => {
    await install()
    writeProject('2.0.0')
    const file = join(project, 'package-lock.json')
    const other = integrityOf(tarballPath('checks', '2.0.0'))
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace(integrityOf(tarballPath('runs', '2.0.0')), other))
    const { done } = await install()
    expect(done).toBe(false)
    expect(versionOf('runs')).toBe('1.0.0')
  })

  it('happens once for two commands at the same time', async () => {
    const outputs = await Promise.all([install(), install()])
    const lines = outputs.map(({ stdout }) => stdout).join('')
    expect(lines.match(/✓ packages installed/g)).toHaveLength(1)
    expect(installed()).toEqual(['runs'])
  })
})
