/**
 * Finds a Chromium that runs here: CHROMIUM_PATH, Playwright's, the system's, an npm package's or
 * a newly installed one. `node scripts/chromium.mjs` prints it as JSON.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './install.mjs'
import { unpackChromium } from './suites/chromium-package.mjs'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge'
]
const FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome']
const MAC = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`
)
const WINDOWS = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe']
const INSTALL_WITHIN_MS = 600_000

/** @typedef {{ path: string, env: Record<string, string>, how: string }} Chromium */

/**
 * @param {Record<string, string | undefined>} environment
 * @returns {Promise<Chromium | null>} null where none can be had; its `env` is for the browser
 * alone
 */
export async function findChromium(environment = process.env) {
  const here = firstThatRuns(environment)
  if (here) return here
  console.error('· no browser on this machine; getting one')
  const unpacked = await unpackChromium(root).catch(() => null)
  if (unpacked && runs(unpacked.path, unpacked.env)) return { ...unpacked, how: 'npm package' }
  const cli = join(root, 'node_modules', 'playwright-core', 'cli.js')
  const privileged = process.platform === 'linux' && process.getuid?.() === 0
  if (
    existsSync(cli) &&
    run(process.execPath, [cli, 'install', ...(privileged ? ['--with-deps'] : []), 'chromium'])
  )
    return firstThatRuns(environment)
  if (privileged && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  }
  return firstThatRuns(environment)
}

function firstThatRuns(environment) {
  const found = candidates(environment).find(
    ({ path }) => path && isExecutable(path) && runs(path, {})
  )
  return found ? { ...found, env: {} } : null
}

function candidates({ CHROMIUM_PATH, CHROME_PATH }) {
  const named = [CHROMIUM_PATH, CHROME_PATH].map((path) => ({
    path,
    how: 'environment'
  }))
  const own = { path: playwrightsOwn(), how: 'Playwright' }
  return [...named, own, ...systemPaths().map((path) => ({ path, how: 'system' }))]
}

function playwrightsOwn() {
  try {
    return createRequire(join(root, 'package.json'))('playwright-core').chromium.executablePath()
  } catch {
    return undefined
  }
}

function systemPaths() {
  if (process.platform === 'darwin') return MAC
  const { PROGRAMFILES, LOCALAPPDATA, PATH = '' } = process.env
  if (process.platform === 'win32')
    return [PROGRAMFILES, process.env['PROGRAMFILES(X86)'], LOCALAPPDATA].flatMap((base) =>
      base ? WINDOWS.map((path) => join(base, path)) : []
    )
  return [...PATH.split(delimiter).filter(Boolean), ...FOLDERS].flatMap((folder) =>
    NAMES.map((name) => join(folder, name))
  )
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Existing is not enough: a snap stub or a missing library fails only on start. */
function runs(path, env) {
  if (process.platform === 'win32') return existsSync(path)
  const result = spawnSync(path, ['--version', '--no-sandbox'], {
    encoding: 'utf8',
    timeout: 20_000,
    env: { ...process.env, ...env }
  })
  return result.status === 0 && /\d+\.\d+\.\d+/.test(result.stdout)
}

const run = (command, args) =>
  spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    timeout: INSTALL_WITHIN_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  }).status === 0

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = await findChromium()
  console.log(JSON.stringify(found))
  process.exit(found ? 0 : 1)
}
