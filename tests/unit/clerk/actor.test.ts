import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const MAKERS = ['lib/domain/users/actor.ts', 'lib/services/clerk/actor.ts']
const FOLDERS = ['app', 'components', 'lib', 'scripts', 'tests']
/**
 * A cast, a literal with a comment that silences the compiler, or the constructor itself outside
 * AuthService and tests.
 */
const MADE = /\bas (unknown as )?(User|Admin|System)?Actor\b/
const CONSTRUCTOR = /from '.*auth\/actor'|from '\.\/actor'/
const MAY_CONSTRUCT = /^(lib\/services\/auth\/|tests\/support\/actors|scripts\/bench\/)/

test('only AuthService and systemActor() create actors', () => {
  const wrong: string[] = []
  for (const folder of FOLDERS) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const file = `${folder}/${name}`
      if (
        !/\.tsx?$/.test(name) ||
        MAKERS.includes(file) ||
        file === 'tests/unit/clerk/actor.test.ts'
      )
        continue
      const source = readFileSync(file, 'utf8')
      if (MADE.test(source) || (CONSTRUCTOR.test(source) && !MAY_CONSTRUCT.test(file)))
        wrong.push(file)
    }
  }
  expect(wrong).toEqual([])
})
