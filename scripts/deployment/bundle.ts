/**
 * A deployment in one folder: Next's standalone server with the packages it needs, the
 * browser's files, and one file for each command, without the packages of a build.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import { writePublicSettings } from '@/scripts/deployment/public-settings'
import type { Environment } from '@/scripts/stack/env-files'

/** The npm commands of a deployment: a file of `scripts/`, and what it is called with. */
export const COMMANDS = {
  serve: ['serve'],
  worker: ['worker'],
  migrate: ['migrate'],
  'keys:rotate': ['operations/rotate-keys'],
  'tokens:rotate': ['operations/rotate-tokens'],
  'audit:verify': ['operations/audit', 'verify'],
  'audit:export': ['operations/audit', 'export'],
  consents: ['operations/consents'],
  reconcile: ['operations/reconcile']
} as const
/** Files of `scripts/`. */
export const PROGRAMS = [...new Set(Object.values(COMMANDS).map(([file]) => file))]
/** CommonJS packages load Node's own modules with `require`. */
const REQUIRE =
  "import { createRequire as createRequireHere } from 'node:module'; const require = createRequireHere(import.meta.url);"

/** Copies the build in `.next` to `dist`, which is replaced. @param env what the build contains. */
export async function bundle(root: string, dist: string, env: Environment): Promise<void> {
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(dist)
  const copy = (from: string, to: string) =>
    cpSync(join(root, from), join(dist, to), { recursive: true, verbatimSymlinks: true })
  copy('.next/standalone', '.')
  copy('.next/static', '.next/static')
  copy('public', 'public')
  copy('xata/migrations', 'commands/migrations')
  copy('.xatarc', '.xatarc')
  await bundleCommands(root, join(dist, 'commands'))
  writePublicSettings(dist, env)
  writeFileSync(join(dist, 'package.json'), packageOf(root))
}

async function bundleCommands(root: string, outdir: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: PROGRAMS.map((file) => ({ in: `scripts/${file}.ts`, out: basename(file) })),
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    banner: { js: REQUIRE },
    // `server-only` is empty under this condition: these are servers.
    conditions: ['react-server'],
    external: ['pg-native'],
    logLevel: 'error'
  })
}

function packageOf(root: string): string {
  const { name, version, license, engines } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8')
  )
  const scripts = Object.fromEntries(
    Object.entries(COMMANDS).map(([command, [file, ...args]]) => [
      command,
      [`node commands/${basename(file)}.mjs`, ...args].join(' ')
    ])
  )
  const contents = { name, version, private: true, type: 'module', license, engines, scripts }
  return `${JSON.stringify(contents, null, 2)}\n`
}
