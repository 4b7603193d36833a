/**
 * The values that a build contains: browsers get them, so they cannot change without another build.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@/scripts/stack/env-files'

const fileIn = (dist: string) => join(dist, 'public-settings.json')

/** @returns the variables of an environment that a build contains. */
export const publicSettings = (env: Environment): Environment =>
  Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('NEXT_PUBLIC_')))

export function writePublicSettings(dist: string, env: Environment): void {
  writeFileSync(fileIn(dist), `${JSON.stringify(publicSettings(env), null, 2)}\n`)
}

/** @returns the values of the build that this command belongs to; none in the project's folder. */
export function builtSettings(): Environment {
  const file = fileIn(join(import.meta.dirname, '..'))
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Environment) : {}
}

/** @returns one sentence per variable that has another value here than in the build. */
export const differingSettings = (built: Environment, env: Environment): string[] =>
  Object.entries(publicSettings(env))
    .filter(([name, value]) => built[name] !== value)
    .map(([name]) => `${name} is not the one of the build: build again with it, or remove it here.`)
