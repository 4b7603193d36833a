import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fromPlaywright, fromVitest, toSingleTest } from '@/scripts/suites/suite'
import { BRAND, ISOLATED } from '@/vitest.config'

const dir = mkdtempSync(join(tmpdir(), 'pangea-suites-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const report = (content: object) => {
  const file = join(dir, 'report.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}
const vitest = (passed: number, failed: number) =>
  report({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 0,
    numFailedTestSuites: 0
  })
const playwright = (expected: number, unexpected = 0, flaky = 0, skipped = 0) =>
  report({ stats: { expected, unexpected, flaky, skipped }, errors: [] })
const ok = { code: 0, output: '' }
const notOk = { code: 1, output: 'trouble' }

describe('counting', () => {
  it('fails a suite that ran no test', () => {
    expect(fromVitest(vitest(0, 0), ok)).toMatchObject({
      passed: 0,
      failed: 1,
      output: expect.stringContaining('0 tests')
    })
    expect(fromPlaywright(playwright(0), ok)).toMatchObject({ passed: 0, failed: 1 })
  })
  it('fails a suite that left no report', () => {
    expect(fromVitest(join(dir, 'nothing.json'), ok)).toMatchObject({ passed: 0, failed: 1 })
  })
  it('fails a run whose tests passed but which exited with an error', () => {
    expect(fromVitest(vitest(5, 0), notOk)).toMatchObject({ passed: 5, failed: 1 })
    expect(fromPlaywright(playwright(5), notOk)).toMatchObject({ passed: 5, failed: 1 })
  })
  it('counts skipped and flaky browser tests as failed', () => {
    expect(fromPlaywright(playwright(5, 1, 1, 1), notOk)).toMatchObject({ passed: 5, failed: 3 })
  })
  it('says at the end why a browser test failed', () => {
    const results = [
      { errors: [{ message: '\u001b[31mError: no such list\u001b[39m\nExpected: 2' }] }
    ]
    const file = report({
      stats: { expected: 1, unexpected: 1, flaky: 0, skipped: 0 },
      suites: [
        {
          suites: [
            { specs: [{ title: 'adds money', file: 'a.spec.ts', line: 7, tests: [{ results }] }] }
          ]
        }
      ]
    })
    expect(fromPlaywright(file, notOk).output).toBe(
      'trouble\n✗ a.spec.ts:7 adds money\n    Error: no such list\n    Expected: 2'
    )
  })
  it('fails a check that covered no file', () => {
    expect(toSingleTest(ok, 0)).toMatchObject({
      passed: 0,
      failed: 1,
      output: expect.stringContaining('0 files')
    })
    expect(toSingleTest(ok, 3)).toMatchObject({ passed: 1, failed: 0 })
    expect(toSingleTest(notOk, 3)).toMatchObject({ passed: 0, failed: 1 })
  })
})

it('a unit test that replaces a module, loads Next’s server or starts Clerk has a thread of its own', () => {
  const alone = globSync('tests/unit/**/*.test.{ts,tsx}', { exclude: [`${BRAND}/**`] }).filter(
    (file) => /^vi\.mock\(|'next\/experimental|^startClerk\(/m.test(readFileSync(file, 'utf8'))
  )
  expect(alone.sort()).toEqual(ISOLATED)
})
