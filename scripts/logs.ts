/**
 * `npm run logs`: the last lines of every process of `npm start`, then new ones as they arrive.
 * `-- app jiko` names processes, `-- --once` stops after the last lines.
 */
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { dataDirOf } from '@/scripts/stack/env-files'
import { exitWithError, UserError } from '@/scripts/stack/steps'

const LAST_LINES = 20
const LAST_BYTES = 64_000
const POLL_MS = 300

const { values: options, positionals: wanted } = parseArgs({
  options: { once: { type: 'boolean' } },
  allowPositionals: true
})
const folder = join(dataDirOf(process.cwd()), 'logs')
/** How much of each log was printed, and its unfinished last line. */
const printed = new Map<string, { bytes: number; rest: string }>()

try {
  const unknown = wanted.filter((name) => !processNames().includes(name))
  if (unknown.length || processNames().length === 0) throw new UserError(nothingToShow(unknown))
  for (const name of chosen()) printNew(name, LAST_LINES)
  while (!options.once) {
    await pause(POLL_MS)
    for (const name of chosen()) printNew(name)
  }
} catch (error) {
  exitWithError(error)
}

function processNames(): string[] {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter((file) => file.endsWith('.log'))
  return files.map((file) => file.slice(0, -'.log'.length)).sort()
}

/** Read every time: a process may start later. */
function chosen(): string[] {
  return processNames().filter((name) => wanted.length === 0 || wanted.includes(name))
}

function nothingToShow([unknown]: string[]): string {
  return unknown
    ? `There is no log of ${unknown}. There are: ${processNames().join(', ')}.`
    : `There are no logs in ${folder} yet. Run npm start first.`
}

/** Prints what was added since the last call. @param lines prints at most the last ones */
function printNew(name: string, lines = Number.POSITIVE_INFINITY): void {
  const file = openSync(join(folder, `${name}.log`), 'r')
  try {
    const { size } = fstatSync(file)
    const { bytes, rest } = printed.get(name) ?? { bytes: Math.max(0, size - LAST_BYTES), rest: '' }
    // A log that was deleted and written again starts at its beginning.
    const from = bytes > size ? 0 : bytes
    const added = Buffer.alloc(size - from)
    readSync(file, added, 0, added.length, from)
    const complete = (rest + added.toString()).split('\n')
    printed.set(name, { bytes: size, rest: complete.pop() ?? '' })
    for (const line of complete.slice(-Math.min(lines, complete.length)))
      console.log(`${name.padEnd(8)} ${line}`)
  } finally {
    closeSync(file)
  }
}
