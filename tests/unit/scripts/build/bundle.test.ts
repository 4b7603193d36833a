import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { COMMANDS } from '@/scripts/deployment/bundle'

test.each(Object.entries(COMMANDS))('%s has its file', (_, [file]) => {
  expect(existsSync(join(process.cwd(), 'scripts', `${file}.ts`))).toBe(true)
})
