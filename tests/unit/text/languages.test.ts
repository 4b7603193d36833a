import { expect, test } from 'vitest'
import { inLanguage, isPageLanguage, LANGUAGE_NAMES } from '@/lib/domain/text/languages'
import { pseudoText } from '@/lib/domain/text/pseudo'

test('a page is in one of our languages, or in the one that finds clipped text', () => {
  const given = ['en', 'es', 'en-XA', 'de', 'en-US', '', undefined]
  expect(given.filter(isPageLanguage)).toEqual(['en', 'es', 'en-XA'])
  expect(LANGUAGE_NAMES).toEqual({ en: 'English', es: 'Español' })
})

test('a text of the deployment is English in that one', () => {
  const texts = { en: 'Hello', es: 'Hola' }
  expect(inLanguage(texts, 'es')).toBe('Hola')
  expect(inLanguage(texts, 'en')).toBe('Hello')
  expect(inLanguage(texts, 'en-XA')).toBe('Hello')
})

test('its texts have accents after their forms, and not in them', () => {
  expect(pseudoText('{a, select, b {c} d {e}} no')).toBe('[{a, select, b {c} d {e}} ñó ~ ~ ~ ~ ~]')
})
