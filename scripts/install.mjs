/**
 * Runs `npm ci` if node_modules does not match the lock file. Only what the lock file names, with
 * its integrity, is installed.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './lock.mjs'
import { withNode } from './node-runtime.mjs'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const HEARTBEAT_MS = 10_000
/** No package needs its install script. */
const FLAGS = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
const stampFile = join(root, 'node_modules', '.pangea-installed')

/**
 * @param {string} node the binary that npm and its install scripts run on
 * @returns {Promise<boolean>} false if the installation failed; npm printed why.
 */
export async function ensureInstalled(node) {
  if (installed() === wanted()) return true
  return withLock(
    join(root, '.bootstrap.lock'),
    async () => installed() === wanted() || install(node),
    () => console.log('· another command is installing the packages; waiting for it')
  )
}

async function install(node) {
  const began = Date.now()
  const seconds = () => ((Date.now() - began) / 1000).toFixed(1)
  console.log('· installing packages (the first time takes about a minute)')
  const heartbeat = setInterval(
    () => console.log(`· installing packages, ${seconds()} s`),
    HEARTBEAT_MS
  )
  const done = await npm(node, ['ci', ...FLAGS])
  clearInterval(heartbeat)
  if (!done) {
    console.error(
      'The packages could not be installed. Check the connection to the npm registry, then run the command again.'
    )
    return false
  }
  writeFileSync(stampFile, wanted())
  console.log(`✓ packages installed (${seconds()} s)`)
  return true
}

function installed() {
  try {
    return readFileSync(stampFile, 'utf8')
  } catch {
    return ''
  }
}

/**
 * The stamp lives in node_modules, so that deleting the folder deletes it. Changed scripts need no
 * new install.
 */
function wanted() {
  const { scripts: _, ...rest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return createHash('sha256')
    .update(JSON.stringify(rest))
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')
}

/** @param {string} node @param {string[]} args @returns {Promise<boolean>} */
function npm(node, args) {
  const env = withNode(node)
  // Both would omit packages that build and tests need.
  delete env.NODE_ENV
  delete env.npm_config_omit
  const cli = process.env.npm_execpath
  const own = cli && /npm-cli\.[cm]?js$/.test(cli)
  const child = spawn(own ? node : 'npm', own ? [cli, ...args] : args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
    shell: !own && process.platform === 'win32'
  })
  return new Promise((resolve) => {
    child.on('error', () => resolve(false))
    child.on('exit', (code) => resolve(code === 0))
  })
}
