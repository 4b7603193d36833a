/** Catalogs of lib/domain/text against the source: a missing or unused text fails here and in a build. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SPANISH } from '@/lib/domain/text/catalogs'
import {
  catalogProblems,
  translationProblems,
  usageProblems
} from '@/scripts/text/catalog-problems'

const ROOT = join(import.meta.dirname, '..', '..', '..')

it('every text of the pages is in a catalog, and every text of a catalog is used', {
  timeout: 60_000
}, () => {
  expect(catalogProblems(ROOT)).toEqual([])
})

it('catalogs are sorted, so that two changes seldom meet', () => {
  for (const [area, texts] of Object.entries(SPANISH)) {
    const keys = Object.keys(texts)
    expect(keys, area).toEqual(keys.toSorted())
  }
})

it('names a missing key, a missing value and an unused text', () => {
  const used = [
    { file: 'a.tsx', line: 1, key: 'No such text', names: [] },
    { file: 'a.tsx', line: 2, key: 'Hello {name}', names: ['nam'] },
    { file: 'a.tsx', line: 3, key: '{brand}', names: [] }
  ]
  const catalogs = {
    site: { 'Hello {name}': 'Hola {name}', '{brand}': '{brand}', Unused: 'Sin uso' }
  }
  expect(usageProblems({ used, literals: new Set(['Hello {name}', '{brand}']) }, catalogs)).toEqual(
    [
      'a.tsx:1: no Spanish for "No such text"',
      'a.tsx:2: "Hello {name}" needs name',
      'lib/domain/text/es/site.json: nothing uses "Unused"'
    ]
  )
})

it('names a translation with other arguments, wrong syntax, no words, or a second place', () => {
  const common = { Save: 'Guardar' }
  const site = {
    'Hello {name}': 'Hola {nombre}',
    '{n, plural, one {# bank} other {# banks}}': '{n, plural, one {# banco}}',
    Empty: ' ',
    Save: 'Guardar'
  }
  expect(translationProblems({ common, site })).toEqual([
    'lib/domain/text/es/site.json: the Spanish of "Hello {name}" has other arguments: nombre',
    'lib/domain/text/es/site.json: "{n, plural, one {# bank} other {# banks}}" is not in ICU message syntax',
    'lib/domain/text/es/site.json: "Empty" has no Spanish',
    'lib/domain/text/es/site.json: "Save" is in common.json too'
  ])
})
