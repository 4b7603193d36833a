import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { validate } from '@/lib/api/validation'

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'lib', 'api')
const names = readdirSync(FOLDER).map((name) => name.replace(/\.ts$/, ''))
const schemas = (
  await Promise.all(
    names.map(async (name) =>
      Object.entries((await import(`../../../lib/api/${name}.ts`)) as object).map(
        ([key, value]) => ({ name: `${name} ${key}`, value })
      )
    )
  )
)
  .flat()
  // Schemas named Wire… describe responses.
  .filter(
    (each): each is { name: string; value: z.ZodType } =>
      each.value instanceof z.ZodType && !each.name.includes(' Wire')
  )

/** Every field name and option of a schema. */
function vocabularyOf(schema: z.ZodType): string[] {
  const words = new Set<string>()
  const walk = (node: unknown): void => {
    if (!node || typeof node !== 'object') return
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties') for (const field of Object.keys(value as object)) words.add(field)
      if (key === 'const' || key === 'enum')
        for (const option of [value].flat().slice(0, 20))
          if (typeof option === 'string') words.add(option)
      walk(value)
    }
  }
  walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))
  return [...words]
}

const inputs = (words: string[]) => {
  const word = words.length > 0 ? fc.constantFrom(...words) : fc.string()
  const long = fc.constantFrom(
    'x'.repeat(600),
    '',
    ' ',
    '0',
    '-1',
    '1e99',
    '2026-02-30',
    '00000000-0000-0000-0000-000000000000'
  )
  const leaf = fc.oneof(
    word,
    long,
    fc.string(),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined)
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.dictionary(word, tie('tree'), { maxKeys: 12 }),
      fc.array(tie('tree'), { maxLength: 60 })
    )
  }))
  return fc.oneof(
    { weight: 4, arbitrary: fc.dictionary(word, tree, { maxKeys: 12 }) },
    { weight: 1, arbitrary: tree }
  )
}

describe('validation messages', () => {
  it('cover every schema', () => expect(schemas.length).toBeGreaterThan(30))

  it('refuse an object in place of a list whose length is no number', () => {
    const input: unknown = JSON.parse('{ "length": { "toString": 1, "valueOf": 1 } }')
    const { error } = validate(z.array(z.string()).max(3), input)
    expect(error?.issues.map(({ message }) => message)).toEqual(['Check this value.'])
  })

  it.each(schemas.map(({ name, value }) => [name, value] as const))(
    'use our words: %s',
    (_, schema) => {
      const raw = (message: string) =>
        /^(Invalid|Too (big|small)|Unrecognized|Expected|Required)|\bexpected\b|\breceived\b/i.test(
          message
        )
      fc.assert(
        fc.property(inputs(vocabularyOf(schema)), (input) => {
          for (const { message } of validate(schema, input).error?.issues ?? [])
            expect(raw(message), message).toBe(false)
        }),
        { numRuns: process.env.TEST_LONG ? 2_000 : 40 }
      )
    }
  )
})
