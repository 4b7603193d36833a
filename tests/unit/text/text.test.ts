import { expect, it } from 'vitest'
import { messagesOf, textIn } from '@/lib/domain/text/catalogs'
import { negotiateLanguage } from '@/lib/domain/text/languages'
import { pseudoText } from '@/lib/domain/text/pseudo'
import { createText } from '@/lib/domain/text/text'
import { localeFor } from '@/lib/domain/users/preferences'

const NEW = '{count, plural, one {# new transaction} other {# new transactions}}'

it('plural forms follow the language, numbers the locale', () => {
  expect([1, 2, 1_200].map((count) => textIn('en')(NEW, { count }))).toEqual([
    '1 new transaction',
    '2 new transactions',
    '1,200 new transactions'
  ])
  expect([1, 2].map((count) => textIn('es')(NEW, { count }))).toEqual([
    '1 transacción nueva',
    '2 transacciones nuevas'
  ])
  expect(textIn('en', 'transactions', 'de-DE')(NEW, { count: 1_200 })).toBe(
    '1.200 new transactions'
  )
})

it('a text without a translation is its English', () => {
  expect(createText('es', [])('Save')).toBe('Save')
})

it('English pages are sent only the texts with arguments, Spanish ones those of their areas', () => {
  expect(messagesOf('en', []).common).not.toHaveProperty('Save')
  expect(messagesOf('en', ['transactions']).transactions).toHaveProperty([NEW])
  expect(messagesOf('es', []).common?.Save).toBe('Guardar')
  expect(Object.keys(messagesOf('es', ['transactions']))).toEqual(['common', 'transactions'])
})

it('pages follow the first language that the browser accepts and we have', () => {
  expect(
    ['es-MX,es;q=0.9,en;q=0.8', 'de-DE,es', 'fr', 'EN-us', '', null].map(negotiateLanguage)
  ).toEqual(['es', 'es', 'en', 'en', 'en', 'en'])
})

it('dates and amounts follow the language unless the browser has a locale for it', () => {
  expect(localeFor('es', 'es-MX,en')).toBe('es-MX')
  expect(localeFor('es', 'en-GB')).toBe('es-US')
  expect(localeFor('en', 'es-MX')).toBe('en-US')
  expect(localeFor('en', 'de-CH')).toBe('de-CH')
})

it('the pseudo-language is longer, and keeps arguments and tags', () => {
  expect(pseudoText('Read <link>terms</link> by {brand}')).toBe(
    '[Ŕéáđ <link>ţéŕmš</link> ƀÿ {brand} ~ ~ ~ ~ ~ ~]'
  )
})

it('one English wording has the Spanish of its area', () => {
  expect(textIn('es', 'reports')('Change')).toBe('Cambio')
  expect(textIn('es', 'transfers')('Change')).toBe('Cambiar')
})
