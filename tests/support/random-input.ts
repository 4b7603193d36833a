/**
 * Random values for a Zod schema: most are valid, the others are typical of clients with another
 * schema.
 */
import type { z } from 'zod'

export type Random = () => number
/** A seeded random generator (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
export const pick = <T>(random: Random, values: readonly T[]): T =>
  values[Math.floor(random() * values.length)] as T

const encoded = (text: string) => Buffer.from(text).toString('base64url')
const UUID = '7d8a3a5e-0e0d-4a9e-8c53-2f4d1a6b9c20'
export const ODD_TEXTS = [
  '\0',
  'a\0b',
  '\ud800',
  '',
  ' ',
  UUID,
  `${UUID}\0`,
  '2026-02-30',
  '0000-01-01',
  '9999-12-31',
  '2026-13-01T00:00:00Z',
  '275760-09-13',
  'NaN',
  '-1',
  '1e999',
  '9'.repeat(40),
  '0.00000000000000001',
  "'; select 1; --",
  '%',
  '\\',
  '../..',
  '💸',
  '<b>',
  'x'.repeat(300),
  'America/New_York',
  '+25:00',
  encoded(`2026-02-30|${UUID}|1`),
  encoded(`0000-00-00|${UUID}|1`),
  encoded(`2026-02-30 00:00:00+00|${UUID}`),
  encoded(`9|${UUID}|9999`),
  encoded(`a\0|${UUID}|1`),
  encoded('{}'),
  'null',
  'undefined'
] as const
const ODD_VALUES = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [[]],
  ['\0'],
  { '\0': '\0' }
] as const

type Def = Record<string, unknown> & { type: string }
const defOf = (schema: z.ZodType): Def => (schema as unknown as { _zod: { def: Def } })._zod.def

export function valueFor(schema: z.ZodType, random: Random): unknown {
  if (random() < 0.1) return random() < 0.6 ? pick(random, ODD_TEXTS) : pick(random, ODD_VALUES)
  const def = defOf(schema)
  const inner = (name: string) => valueFor(def[name] as z.ZodType, random)
  switch (def.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape as Record<string, z.ZodType>).map(([key, part]) => [
          key,
          valueFor(part, random)
        ])
      )
    case 'array':
      return Array.from({ length: Math.floor(random() * 3) }, () => inner('element'))
    case 'optional':
    case 'default':
    case 'prefault':
      return random() < 0.3 ? undefined : inner('innerType')
    case 'nullable':
      return random() < 0.2 ? null : inner('innerType')
    case 'readonly':
    case 'catch':
    case 'nonoptional':
      return inner('innerType')
    case 'pipe':
      return valueFor(
        (defOf(def.in as z.ZodType).type === 'transform' ? def.out : def.in) as z.ZodType,
        random
      )
    case 'union':
      return valueFor(pick(random, def.options as z.ZodType[]), random)
    case 'enum':
      return pick(random, Object.values(def.entries as Record<string, string>))
    case 'literal':
      return pick(random, def.values as unknown[])
    case 'boolean':
      return random() < 0.5
    case 'number':
      return pick(random, [1, 2, 12, 50, 100])
    case 'string':
      return def.format === 'uuid' && random() < 0.8
        ? UUID
        : pick(random, [...ODD_TEXTS, 'Rent', '2026-03-01', '2026-03', '250', 'USD', 'R'])
    default:
      return pick(random, ODD_TEXTS)
  }
}
