/**
 * tests/flow/data/row-level-security removes the filters of every function that users call. This
 * names functions that it does not know.
 */
import { expect, test } from 'vitest'
import * as DataService from '@/lib/services/data'
import { SYSTEM_FUNCTIONS } from '@/tests/flow/data/row-level-security/system-functions'
import { READS, WRITES } from '@/tests/flow/data/row-level-security/verbs'

const functions = Object.entries(DataService).flatMap(([name, value]) =>
  typeof value === 'function' ? [name] : []
)
const listed = [...Object.keys(READS), ...Object.keys(WRITES), ...SYSTEM_FUNCTIONS]

test('a function that users call is in READS or WRITES of verbs.ts, another in system-functions.ts', () => {
  expect(functions.filter((name) => !listed.includes(name))).toEqual([])
})

test('each function is listed once, and exists', () => {
  expect(listed.toSorted()).toEqual([...new Set(listed)].toSorted())
  expect(listed.filter((name) => !functions.includes(name))).toEqual([])
})
