import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('every npm command has a description', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: Record<string, string>
  }
  const printed = execFileSync(process.execPath, ['scripts/bootstrap.mjs', 'help'], {
    encoding: 'utf8'
  })
    .trim()
    .split('\n')
  expect(printed).toHaveLength(Object.keys(scripts).length)
  for (const line of printed) expect(line).toMatch(/^npm (run )?[\w:]+ {3,}\w.{7,}$/)
  // `npm run` prints the command itself.
  for (const command of Object.values(scripts))
    expect(command).toMatch(/^node scripts\/bootstrap\.mjs \w+ "[^"]{8,}"/)
})
