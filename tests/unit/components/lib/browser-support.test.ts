import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { randomUuid } from '@/components/lib/uuid'

/**
 * Missing on plain http, or in Safari before 17.4; each would break a form or the live updates
 * there.
 */
const UNSUPPORTED =
  /crypto\.(randomUUID|subtle)|AbortSignal\.any|Promise\.withResolvers|Object\.groupBy|URL\.parse\(/

test('an id is a UUID of version 4, also on insecure pages', () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  const ids = Array.from({ length: 50 }, randomUuid)
  vi.unstubAllGlobals()
  expect(z.array(z.uuidv4()).safeParse(ids).error).toBeUndefined()
  expect(new Set(ids).size).toBe(50)
})

test('browser code uses nothing that some browsers lack', () => {
  const files = ['components', 'lib/domain'].flatMap((folder) =>
    readdirSync(join(process.cwd(), folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name)
    )
  )
  const code = files
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({
      name,
      text: readFileSync(name, 'utf8').replace(/\/\*\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    }))
  expect(code.filter(({ text }) => UNSUPPORTED.test(text)).map(({ name }) => name)).toEqual([])
})
