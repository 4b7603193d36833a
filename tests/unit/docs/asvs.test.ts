/**
 * docs/security/asvs.md has one row for each requirement of levels 1 and 2, and of level 3 in the
 * chapters where money or identity moves. asvs-levels.json has the ids and levels of OWASP ASVS
 * 5.0.0.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import levels from './asvs-levels.json' with { type: 'json' }

type Row = { id: string; level: string; summary: string; result: string; shownBy: string }

const TO_LEVEL_3 = ['2', '6', '7', '8', '11', '13', '14', '16']
const RESULTS = ['pass', 'fail', 'not applicable']
const document = readFileSync('docs/security/asvs.md', 'utf8')

const rows: Row[] = document
  .split('\n')
  .filter((line) => line.startsWith('| v5.0.0-'))
  .map((line) => {
    const [id = '', level = '', summary = '', result = '', shownBy = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    return { id: id.replace('v5.0.0-', ''), level, summary, result, shownBy }
  })

const required = Object.entries(levels)
  .filter(([id, level]) => level < 3 || TO_LEVEL_3.includes(id.split('.')[0] ?? ''))
  .map(([id]) => id)

/** The code spans of a row that are paths or file names; routes start with a slash. */
const filesOf = ({ shownBy }: Row): string[] =>
  [...shownBy.matchAll(/`([^`]+)`/g)]
    .map(([, span = '']) => span)
    .filter((span) => /\/|^[\w.-]+\.(ts|mjs|json|md)$|^\.env\.example$/.test(span))
    .filter((span) => !span.startsWith('/'))

const exists = (file: string) =>
  existsSync(file) || globSync(file.replaceAll(/[[\]]/g, '?')).length > 0

test('every required id has exactly one row, and no other id has one', () => {
  expect(Object.keys(levels)).toHaveLength(345)
  expect(required).toHaveLength(297)
  expect(rows.map(({ id }) => id).sort()).toEqual(required.sort())
})

test('every row names the level of its requirement', () => {
  const wrong = rows.filter(({ id, level }) => level !== String(levels[id as keyof typeof levels]))
  expect(wrong).toEqual([])
})

test('every row has a result and says what shows it, or why', () => {
  const incomplete = rows.filter(
    ({ summary, result, shownBy }) => !RESULTS.includes(result) || !summary || !shownBy
  )
  expect(incomplete).toEqual([])
})

test('a pass names a file, and a fail says that it fails or is not shown', () => {
  const unfounded = rows.filter(
    (row) =>
      (row.result === 'pass' && filesOf(row).length === 0) ||
      (row.result === 'fail' && !/[Ff]ails|not shown/.test(row.shownBy))
  )
  expect(unfounded).toEqual([])
})

test('every named file exists', () => {
  const named = rows.flatMap((row) => filesOf(row).map((file) => `${row.id}: ${file}`))
  expect(named.length).toBeGreaterThan(200)
  expect(named.filter((entry) => !exists(entry.slice(entry.indexOf(' ') + 1)))).toEqual([])
})

test('the summary counts the rows', () => {
  const counts = ['1', '2', '3'].map((level) => {
    const cells = RESULTS.map(
      (result) => rows.filter((row) => row.level === level && row.result === result).length
    )
    return `| ${level} | ${cells.join(' | ')} |`
  })
  const all = RESULTS.map((result) => rows.filter((row) => row.result === result).length)
  for (const line of [...counts, `| all | ${all.join(' | ')} |`]) expect(document).toContain(line)
})
