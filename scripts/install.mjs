/**
 * Installs what the lock file names, with its integrity, if node_modules does not match it: the
 * packages that running and building need, and for checks all of them.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './lock.mjs'
import { withNode } from './node-runtime.mjs'
import {
  ANY_REGISTRY_FLAG,
  prepareFolder,
  removeSourceMaps,
  replacePackages
} from './package-folder.mjs'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const HEARTBEAT_MS = 10_000
/** No package needs its install script. */
const FLAGS = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ANY_REGISTRY_FLAG]
const ALL = 'all'
const RUNNING = 'running'

/**
 * @param {string} node the binary that npm runs on
 * @param {{ checks?: boolean, folder?: string }} [options] `checks` also installs what only checks
 * and tests need; `folder` is the project
 * @returns {Promise<boolean>} false if the installation failed; npm printed why.
 */
export async function ensureInstalled(node, { checks = false, folder = root } = {}) {
  if (isInstalled(folder, checks)) return true
  return withLock(
    join(folder, '.bootstrap.lock'),
    async () => isInstalled(folder, checks) || install(node, folder, checks),
    () => console.log('· another command is installing the packages; waiting for it')
  )
}

/**
 * Packages are installed in a folder of their own, which then takes the place of node_modules: a
 * running app keeps its packages, and a failed installation changes nothing.
 */
async function install(node, folder, checks) {
  const began = Date.now()
  const seconds = () => ((Date.now() - began) / 1000).toFixed(1)
  // What checks need stays installed when the lock file changes.
  const set = checks || readStamp(folder).set === ALL ? ALL : RUNNING
  const title = `installing ${set === ALL ? 'all packages' : 'the packages that running needs'}`
  console.log(`· ${title} (the first time takes about a minute)`)
  const heartbeat = setInterval(() => console.log(`· ${title}, ${seconds()} s`), HEARTBEAT_MS)
  const prepared = prepareFolder(folder)
  const stamp = `${lockHash(folder)} ${set}`
  const done = await npm(node, prepared, ['ci', set === ALL ? '--include=dev' : '--omit=dev'])
  if (done) await removeSourceMaps(prepared)
  clearInterval(heartbeat)
  if (!done) {
    console.error(
      'The packages could not be installed. Check the connection to the npm registry, then run the command again.'
    )
    return false
  }
  writeFileSync(stampFile(prepared), stamp)
  replacePackages(folder, prepared)
  console.log(`✓ packages installed (${seconds()} s)`)
  return true
}

/** In node_modules, so that deleting the folder deletes it. */
const stampFile = (folder) => join(folder, 'node_modules', '.pangea-installed')

function readStamp(folder) {
  try {
    const [hash, set] = readFileSync(stampFile(folder), 'utf8').split(' ')
    return { hash, set }
  } catch {
    return {}
  }
}

function isInstalled(folder, checks) {
  const { hash, set } = readStamp(folder)
  return (set === ALL || (set === RUNNING && !checks)) && hash === lockHash(folder)
}

/** Changed scripts need no new installation. */
function lockHash(folder) {
  const { scripts: _, ...rest } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return createHash('sha256')
    .update(JSON.stringify(rest))
    .update(readFileSync(join(folder, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')
}

/** @param {string} node @param {string} cwd @param {string[]} args @returns {Promise<boolean>} */
function npm(node, cwd, args) {
  const env = withNode(node)
  // Both would omit packages that a build needs.
  delete env.NODE_ENV
  delete env.npm_config_omit
  const cli = process.env.npm_execpath
  const own = cli && /npm-cli\.[cm]?js$/.test(cli)
  const all = [...args, ...FLAGS]
  const child = spawn(own ? node : 'npm', own ? [cli, ...all] : all, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
    shell: !own && process.platform === 'win32'
  })
  return new Promise((resolve) => {
    child.on('error', () => resolve(false))
    child.on('exit', (code) => resolve(code === 0))
  })
}
