/** Earlier versions of Pangea, taken from this repository's history. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { makeTemplate, UNUSED_VARIABLES } from '@/tests/support/storage'

const ROOT = process.cwd()
const LIMIT_MS = 15 * 60_000
const STORAGE_TESTS = 'tests/flow/data'
/**
 * Not run: a test that lists the functions of a schema, to find a forgotten one (today's has more), and
 * one that expected of another day what is only true within a month.
 */
const NAMES = '^(?!.*(the only function|another day is seen))'
const FILES_NOT_RUN = [
  // Lists the tables of a schema: today's has more.
  'users/erasure.test.ts',
  // Breaks policies one by one to show that others notice it, which takes a third of the time.
  'row-level-security/mutants.test.ts'
]

/** The last ancestor of this commit that has one migration less than it. */
export function commitBeforeNewestMigration(): string {
  const journal = 'xata/migrations/meta/_journal.json'
  const options = { cwd: ROOT, encoding: 'utf8' } as const
  const newest = spawnSync('git', ['log', '-1', '--format=%H', '--', journal], options)
  return `${newest.stdout.trim()}^`
}

/** @returns null where the history does not reach back to the commit, as in a shallow clone. */
export function checkOut(commit: string): string | null {
  if (spawnSync('git', ['cat-file', '-e', commit], { cwd: ROOT }).status) return null
  const folder = mkdtempSync(join(tmpdir(), 'pangea-previous-'))
  const archive = execFileSync('git', ['archive', commit], { cwd: ROOT, maxBuffer: 2 ** 28 })
  execFileSync('tar', ['x', '-C', folder], { input: archive })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

/**
 * Runs the version's own storage tests beside today's schema. It may not be able to apply today's
 * migrations itself, so its tests find a database that today's code has migrated.
 * @returns what they print if one fails.
 */
export async function runStorageTests(folder: string, serverUrl: string): Promise<string | null> {
  const migrations = join(folder, 'xata', 'migrations')
  rmSync(migrations, { recursive: true })
  cpSync(join(ROOT, 'xata', 'migrations'), migrations, { recursive: true })
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await makeTemplate(client, serverUrl).finally(() => client.end())
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'flow', '-t', NAMES]
  const { status, stderr } = spawnSync(process.execPath, [...args, ...storageTests(folder)], {
    cwd: folder,
    // Not as long as this suite's own tests: each of three versions would take a quarter of an hour.
    env: { ...process.env, TEST_LONG: '', TEST_STORAGE: 'postgres', TEST_DATABASE_URL: serverUrl },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    timeout: LIMIT_MS
  })
  // Its failures; stdout has what passed.
  return status === 0 ? null : stderr.slice(-4_000)
}

const storageTests = (folder: string): string[] =>
  readdirSync(join(folder, STORAGE_TESTS), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !FILES_NOT_RUN.includes(name))
    .map((name) => `${STORAGE_TESTS}/${name}`)

export type Traffic = { requests: number; failed: string[]; slowestMs: number }

/** Sends one request after another until `stop`. */
export function startTraffic(folder: string, databaseUrl: string) {
  copyFileSync(
    join(ROOT, 'tests', 'delivery', 'support', 'previous-traffic.mjs.txt'),
    join(folder, 'traffic.mjs')
  )
  const loader = './scripts/typescript.mjs'
  copyFileSync(join(ROOT, loader), join(folder, loader))
  // Earlier versions have syntax that is more than types.
  const node = ['--conditions=react-server', '--experimental-transform-types', '--import', loader]
  const args = [...node, 'traffic.mjs']
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...UNUSED_VARIABLES, DATABASE_URL: databaseUrl, XATA_TRANSPORT: 'tcp' },
    stdio: ['pipe', 'pipe', 'inherit']
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
  })
  const last = () => JSON.parse(output.trim().split('\n').at(-1) || '{"requests":0}') as Traffic
  const ended = new Promise((resolve) => child.once('exit', resolve))
  return {
    requests: () => last().requests,
    stop: async (): Promise<Traffic> => {
      child.stdin.end()
      await ended
      return last()
    }
  }
}
