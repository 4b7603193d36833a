/**
 * The template for Vercel, checked for the keys that it has. Vercel's own rules are in
 * https://openapi.vercel.sh/vercel.json and https://vercel.com/docs/project-configuration/vercel-json.
 */
import { existsSync, readFileSync } from 'node:fs'
import { expect, it, test } from 'vitest'
import { z } from 'zod'
import { findRoutes } from '@/tests/support/routes'

const Command = z.string().min(1).max(256)
const Text = (most: number) => z.string().min(1).max(most)
const Template = z.strictObject({
  $schema: z.literal('https://openapi.vercel.sh/vercel.json'),
  framework: z.literal('nextjs'),
  installCommand: Command,
  buildCommand: Command,
  crons: z.array(
    z.strictObject({ path: Text(512).startsWith('/'), schedule: Text(256).refine(isSchedule) })
  ),
  functions: z.record(Text(256), z.strictObject({ maxDuration: z.int().min(1).max(3_600) }))
})

/** Minute, hour, day of the month, month, day of the week: a number, a step, a range, a list, or all. */
const FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6]
] as const
const PART = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/

function isSchedule(schedule: string): boolean {
  const fields = schedule.split(' ')
  const isField = (field: string, [low, high]: readonly [number, number]) =>
    field.split(',').every((part) => {
      const [, ...numbers] = PART.exec(part) ?? []
      const [from = low, to = from, step = 1] = numbers.map((text) =>
        text ? Number(text) : undefined
      )
      return PART.test(part) && low <= from && from <= to && to <= high && step > 0
    })
  return (
    fields.length === FIELDS.length &&
    FIELDS.every((limits, index) => isField(fields[index] ?? '', limits))
  )
}

const text = readFileSync('deploy/vercel/vercel.json', 'utf8')
const template = Template.parse(JSON.parse(text))

test.each(['crons', 'functions', 'maxDuration', 'schedule', 'buildCommand'])(
  'a misspelled %s is refused',
  (key) => {
    const misspelled = JSON.parse(text.replace(`"${key}"`, `"${key}s"`)) as unknown
    expect(Template.safeParse(misspelled).success).toBe(false)
  }
)

test.each([
  ['* * * * *', true],
  ['*/5 0-6 1,15 * 1', true],
  ['60 * * * *', false],
  ['* * * *', false],
  ['0 0 0 * *', false],
  ['@daily', false]
])('the schedule %s is accepted: %s', (schedule, accepted) => {
  expect(isSchedule(schedule)).toBe(accepted)
})

it('its timer calls a route that takes GET, whose function may run longer than a round of jobs', () => {
  const routes = findRoutes(process.cwd()).map(({ key }) => key)
  for (const { path } of template.crons) {
    expect(routes).toContain(`GET ${path}`)
    const { maxDuration = 0 } = template.functions[`app${path}/route.ts`] ?? {}
    expect(maxDuration).toBeGreaterThanOrEqual(60)
  }
})

it('its functions exist', () => {
  expect(Object.keys(template.functions).filter((file) => !existsSync(file))).toEqual([])
})
