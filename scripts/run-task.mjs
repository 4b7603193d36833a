/**
 * Installs what is missing, then runs one task in a child process. Uses only Node's own modules,
 * because nothing may be installed yet.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { heapLimit } from './heap-limit.mjs'
import { ensureInstalled, root } from './install.mjs'
import { ensureNode, withNode } from './node-runtime.mjs'
import { SOURCE_ARGS } from './source-args.mjs'

export const TASKS = {
  start: ['scripts/start.ts'],
  build: ['scripts/build.ts'],
  serve: ['dist/commands/serve.mjs'],
  dev: ['scripts/start.ts', '--dev'],
  logs: ['scripts/logs.ts'],
  reset: ['scripts/reset.ts'],
  test: ['scripts/test.ts'],
  migrate: ['scripts/migrate.ts'],
  worker: ['scripts/worker.ts'],
  keys: ['scripts/operations/rotate-keys.ts'],
  audit_verify: ['scripts/operations/audit.ts', 'verify'],
  audit_export: ['scripts/operations/audit.ts', 'export'],
  consents: ['scripts/operations/consents.ts'],
  tokens: ['scripts/operations/rotate-tokens.ts'],
  reconcile: ['scripts/operations/reconcile.ts'],
  drill: ['scripts/drill/index.ts'],
  example: ['scripts/example/index.ts'],
  bench: ['scripts/bench/index.ts'],
  fidelity: ['scripts/fidelity/index.ts'],
  openapi: [
    'node_modules/vitest/vitest.mjs',
    'run',
    'tests/unit/app/openapi.test.ts',
    '--testNamePattern=npm run openapi',
    '--update'
  ],
  sandbox: ['scripts/sandbox.ts'],
  sbom: ['scripts/deployment/sbom.ts'],
  fix: ['node_modules/@biomejs/biome/bin/biome', 'check', '--write']
}
/** Tasks that need more packages than running and building. */
export const CHECKS = ['test', 'bench', 'fidelity', 'openapi', 'fix']
const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 }
const LOOK_EVERY_MS = 250
/** Tasks of a deployment, which run for weeks. */
const LONG_RUNNING = ['serve', 'worker']

/** @param {string | undefined} name @param {string[]} args */
export async function runTask(name, args) {
  if (name === 'help') return printHelp()
  const task = name && Object.hasOwn(TASKS, name) ? TASKS[name] : undefined
  if (!task) {
    console.error(`There is no task "${name}". There are: help, ${Object.keys(TASKS).join(', ')}.`)
    process.exit(1)
  }
  const node = await ensureNode(root)
  const checks = CHECKS.includes(name ?? '')
  const ready = node && (name === 'serve' ? hasBuild() : await ensureInstalled(node, { checks }))
  if (!ready) process.exit(1)
  // The preload stops the child if this process is killed.
  const preload = new URL(`./with-parent.mjs?parent=${process.pid}`, import.meta.url).href
  const source = name === 'serve' ? [] : SOURCE_ARGS
  const limit = LONG_RUNNING.includes(name ?? '') ? heapLimit(process.env) : []
  const child = spawn(node, [...limit, '--import', preload, ...source, ...task, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...withNode(node), NEXT_TELEMETRY_DISABLED: '1' }
  })
  for (const signal of Object.keys(SIGNALS)) process.on(signal, () => child.kill(signal))
  watchForLostParent(child)
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (SIGNALS[signal] ?? 9))
  })
}

function hasBuild() {
  const built = existsSync(join(root, ...TASKS.serve))
  if (!built) console.error('There is no build in dist. Run npm run build first.')
  return built
}

/** Prints the commands as package.json describes them. */
function printHelp() {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const lines = Object.entries(scripts).map(([name, command]) => [
    ['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`,
    /"(.*)"/.exec(command)?.[1] ?? command
  ])
  const width = Math.max(...lines.map(([command]) => command.length))
  for (const [command, about] of lines) console.log(`${command.padEnd(width)}   ${about}`)
}

/** npm sends SIGTERM to its shell only, which does not pass it on: a lost parent means stop. */
function watchForLostParent(child) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    child.kill('SIGTERM')
  }, LOOK_EVERY_MS)
  timer.unref()
}
