import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readAttackTests } from '@/scripts/suites/attacks'

const page = readFileSync('docs/security/attacks.md', 'utf8')

it('names at least one test for each attack, and only tests that exist', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.includes('---'))
  expect(rows.length).toBeGreaterThan(15)
  for (const row of rows.slice(1)) expect(row).toMatch(/`tests\//)
  const named = [...page.matchAll(/`(tests\/[^`]+)`/g)].map(([, path = '']) => path)
  expect(named.filter((path) => !existsSync(path))).toEqual([])
})

it('gives the runner every named test', () => {
  const { files, specs } = readAttackTests('.')
  expect(files).toContain('tests/flow/data/audit/tampering.test.ts')
  expect(specs).toContain('ownership')
  const named = new Set(page.match(/`tests\/[^`]+`/g))
  expect(files.length + specs.length).toBe(named.size)
})
