import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ASSUMPTIONS, grow, growthTable } from '@/scripts/bench/growth/model'

test('rows, bytes and load grow in proportion to users', () => {
  const [small, large] = [grow(10_000), grow(1_000_000)]
  for (const figure of [
    'transactions',
    'deliveries',
    'runs',
    'vendorEvents',
    'bytes',
    'jobs',
    'reads'
  ] as const)
    expect(large[figure] / small[figure]).toBeCloseTo(100)
})

test('a thousand users have three million transactions and nine thousand webhooks a day', () => {
  const { transactions, deliveries, webhooks, jobs } = grow(1_000)
  expect(transactions).toBe(3_000_000)
  expect(deliveries).toBe(9_000 * 30)
  expect(webhooks).toBeCloseTo((9_000 / 86_400) * 5)
  expect(jobs).toBe(webhooks * 2)
})

test('every process adds its own connections, and there is one of each kind at least', () => {
  expect(grow(1)).toMatchObject({ webProcesses: 1, workers: 1, connections: 40 })
  const { webProcesses, workers, connections } = grow(1_000_000)
  expect(connections).toBe((webProcesses + workers) * 20)
  const busier = { ...ASSUMPTIONS, busy: ASSUMPTIONS.busy / 2 }
  expect(grow(1_000_000, busier).webProcesses).toBeGreaterThan(webProcesses)
})

test('the table in the documentation is the one that the function makes', () => {
  expect(readFileSync('docs/operations/scaling.md', 'utf8')).toContain(growthTable())
})
