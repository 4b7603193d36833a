/** docs/security/threat-model.md covers STRIDE for every flow, and lists every residual risk. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const document = readFileSync('docs/security/threat-model.md', 'utf8')
const [flows = '', risks = ''] = document.split('\n## Residual risks\n')

const sections = flows
  .split(/^## (?=\d+\. )/m)
  .slice(1)
  .map((section) => ({
    name: section.split('\n')[0],
    rows: section
      .split('\n')
      .filter((line) => /^\| [A-Z] \|/.test(line))
      .map((line) => line.split('|').map((cell) => cell.trim()))
  }))

test('every flow covers spoofing, tampering, repudiation, disclosure, denial and elevation', () => {
  expect(sections).toHaveLength(11)
  const covered = sections.map(({ name, rows }) => [
    name,
    [...new Set(rows.map(([, kind]) => kind))].join('')
  ])
  expect(covered).toEqual(sections.map(({ name }) => [name, 'STRIDE']))
})

test('every threat has an answer or says what remains', () => {
  const open = sections.flatMap(({ rows }) =>
    rows.filter(([, , , answer, rest]) => !answer && !rest)
  )
  expect(open).toEqual([])
})

test('every residual risk that a flow refers to is listed, and every listed one is referred to', () => {
  const referred = new Set([...flows.matchAll(/\bR\d+\b/g)].map(([name]) => name))
  const listed = [...risks.matchAll(/^\| (R\d+) \|/gm)].map(([, name]) => name)
  expect(listed.length).toBeGreaterThan(8)
  expect([...referred].sort()).toEqual([...listed].sort())
})
