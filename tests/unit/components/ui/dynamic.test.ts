import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('what is loaded on demand does not hide the page meanwhile', () => {
  const calls = readdirSync('components', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap(
      (name) => readFileSync(`components/${name}`, 'utf8').match(/\bdynamic\(.*?\n\)/gs) ?? []
    )
  expect(calls.length).toBeGreaterThan(3)
  for (const call of calls) expect(call).toMatch(/\{ ssr: false \}|loading:/)
})
