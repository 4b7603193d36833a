/**
 * The built server contains several copies of every module in one process; code that needs a single
 * copy is refused here.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..', '..')
/** Classes that are the same in every module graph. */
const SHARED = /^(Date|Error|Response|(HTML\w*)?Element)$/

type Finding = (source: string) => string[]

const foreignInstanceof: Finding = (source) =>
  [...source.matchAll(/\binstanceof\s+([\w.]+)/g)]
    .map(([, name = '']) => name)
    .filter((name) => !SHARED.test(name))

/**
 * A mutable value kept in a module instead of a `singleton`. Constant tables are filled where they
 * are created.
 */
const moduleState: Finding = (source) =>
  [
    ...source.matchAll(
      /^(?:export )?(?:let\s.*|(?:const|var)\s.*= new (?:Map|Set|WeakMap|WeakSet)(?:<.*>)?\(\)|(?:const|var)\s.*= \[\]$)/gm
    )
  ].map(([line]) => line)

const sources = (...folders: string[]) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...folders], {
    cwd: ROOT,
    encoding: 'utf8'
  })
    .split('\n')
    .filter((name) => /\.tsx?$/.test(name))

const findIn = (finding: Finding, names: string[]) =>
  names.flatMap((name) =>
    finding(readFileSync(join(ROOT, name), 'utf8')).map((what) => `${name}: ${what}`)
  )

it('no class of ours or of a library is recognised by instanceof', () => {
  expect(
    findIn(
      foreignInstanceof,
      sources(
        'app',
        'components',
        'lib',
        'xata',
        'proxy.ts',
        'instrumentation.ts',
        'instrumentation.node.ts'
      )
    )
  ).toEqual([])
})

it('no server module keeps its own state', () => {
  expect(
    findIn(
      moduleState,
      sources(
        'app',
        'lib/platform',
        'lib/services',
        'xata',
        'proxy.ts',
        'instrumentation.ts',
        'instrumentation.node.ts'
      )
    )
  ).toEqual([])
})

it.each([
  [foreignInstanceof, 'if (thrown instanceof IntegrationError) return'],
  [foreignInstanceof, 'thrown instanceof pg.DatabaseError'],
  [moduleState, 'let cached: string | null = null'],
  [moduleState, 'const seen = new Map<string, number>()'],
  [moduleState, 'export const waiting: string[] = []']
])('a breach is detected: %s %s', (finding, line) => expect(finding(line)).toHaveLength(1))
