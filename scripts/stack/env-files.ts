/**
 * The environment of a task: the shell's, then .env.local, then .env. Empty values count as
 * missing.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

export type Environment = Record<string, string>

/** @returns every variable with a value; the shell wins over .env.local, which wins over .env. */
export function readEnvironment(
  root: string,
  shell: NodeJS.Dict<string> = process.env
): Environment {
  const files = ['.env', '.env.local']
    .map((name) => join(root, name))
    .filter((file) => existsSync(file))
  const merged: Environment = Object.assign(
    {},
    ...files.map((file) => withValues(parseEnv(readFileSync(file, 'utf8')))),
    withValues(shell)
  )
  return merged
}

/** @returns the folder of local data: databases, logs, secrets and test output. */
export const dataDirOf = (root: string): string =>
  readEnvironment(root).PANGEA_DATA_DIR ?? join(root, '.data')

const withValues = (source: NodeJS.Dict<string>): Environment =>
  Object.fromEntries(
    Object.entries(source).filter((entry): entry is [string, string] => Boolean(entry[1]?.trim()))
  )
