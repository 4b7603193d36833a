/** The production build, made again only when something that goes into it changed. */

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { orderProblems } from '@/lib/domain/onboarding/onboarding'
import { contrastProblems } from '@/scripts/brand/contrast'
import { withLock } from '@/scripts/lock.mjs'
import { runChild } from '@/scripts/stack/children'
import { compactBuild } from '@/scripts/stack/compact-build'
import { compressFiles } from '@/scripts/stack/compressed-files'
import type { Environment } from '@/scripts/stack/env-files'
import { NEXT } from '@/scripts/stack/next-bin'
import { UserError } from '@/scripts/stack/steps'

/** Everything that can end up in the build; not tests, emulators or scripts. */
const SOURCES = [
  'app',
  'components',
  'lib',
  'xata',
  'public',
  'pangea.config.ts',
  'proxy.ts',
  'instrumentation.ts',
  'instrumentation.node.ts'
]
const SETTINGS = [
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json'
]

/** @returns false if the last build is current. */
export function needsBuild(root: string, env: Environment): boolean {
  return builtFrom(root) !== stampOf(root, env)
}

/**
 * Builds if needed; one process at a time, because concurrent builds in one folder fail.
 * @throws UserError for colors that are hard to see, an incomplete order of questions, and texts
 * without a translation.
 * @param standalone builds in any case, and also a server with only the packages it needs.
 */
export async function buildOnce(
  root: string,
  env: Environment,
  logDir: string,
  { standalone = false } = {}
): Promise<void> {
  await withLock(join(root, '.data', 'build.lock'), async () => {
    const stamp = stampOf(root, env)
    if (!standalone && builtFrom(root) === stamp) return
    // Its parsers take a quarter of a second to load.
    const { catalogProblems } = await import('@/scripts/text/catalog-problems')
    const problems = [...contrastProblems(root), ...orderProblems(), ...catalogProblems(root)]
    if (problems.length)
      throw new UserError(
        ['The app was not built:', ...problems.map((line) => `  ${line}`)].join('\n')
      )
    rmSync(stampFile(root), { force: true })
    await runChild({
      name: 'build',
      args: [NEXT, 'build'],
      cwd: root,
      env: {
        ...env,
        NODE_ENV: 'production',
        ...(standalone ? { BUILD_STANDALONE: '1' } : {})
      },
      logDir
    })
    await compactBuild(join(root, '.next', 'server'))
    if (standalone) await compactBuild(join(root, '.next', 'standalone', '.next', 'server'))
    await compressFiles(join(root, '.next', 'static'))
    markBuilt(root, env, stamp)
  })
}

/** Records what the current build was made from. */
export function markBuilt(root: string, env: Environment, stamp = stampOf(root, env)): void {
  writeFileSync(stampFile(root), stamp)
}

const stampFile = (root: string) => join(root, '.next', 'built-from')
const builtFrom = (root: string) =>
  existsSync(stampFile(root)) ? readFileSync(stampFile(root), 'utf8') : null

/** Public values are inlined into browser code, so a changed key requires a new build. */
function stampOf(root: string, env: Environment): string {
  const hash = createHash('sha256').update(process.version)
  for (const name of Object.keys(env).sort())
    if (name.startsWith('NEXT_PUBLIC_')) hash.update(`${name}=${env[name]}\n`)
  for (const file of [...SOURCES, ...SETTINGS].flatMap((name) => filesUnder(join(root, name))))
    hash.update(`${file.slice(root.length)}\n`).update(readFileSync(file))
  return hash.digest('hex')
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)))
}
