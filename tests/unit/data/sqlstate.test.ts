import { describe, expect, it } from 'vitest'
import { classifySqlstate, type SqlstateClass } from '@/lib/services/data/sql/sqlstate'

/**
 * Appendix A of the Postgres manual, one code of every class and the ones that differ from their
 * class.
 */
const TABLE: [SqlstateClass, string][] = [
  ['race', '40001 40P01 23505'],
  ['busy', '25P03 25P04 40000 40002 40003 55000 55006 55P03 57014 72000'],
  [
    'outage',
    '08000 08001 08003 08004 08006 08P01 25006 28000 28P01 3D000 53000 53100 53200 53300 53400 57000 57P01 57P02 57P03 57P04 57P05'
  ],
  ['outage', '58000 58030 58P01 XX000 TIMEOUT UNREACHABLE BAD_RESPONSE'],
  [
    'fault',
    '02000 03000 09000 0A000 0B000 0F000 0L000 0P000 0Z000 20000 21000 22000 22001 22012 22021 22P02 23000 23502 23503 23514 23P01'
  ],
  [
    'fault',
    '24000 25000 25001 25P01 25P02 26000 27000 2B000 2D000 2F000 34000 38000 39000 3B000 3F000 42000 42501 42601 42703 42P01 44000'
  ],
  ['fault', '54000 54001 F0000 HV000 P0001 XX001 XX002 UNKNOWN']
]

describe('a failed statement', () => {
  it.each(
    TABLE.flatMap(([meaning, codes]) => codes.split(' ').map((code) => [code, meaning] as const))
  )('with %s is a %s', (code, meaning) => expect(classifySqlstate(code)).toBe(meaning))
})
