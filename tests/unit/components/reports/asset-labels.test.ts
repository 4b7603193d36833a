import { expect, test } from 'vitest'
import {
  assetKindLabel,
  assetKindOptions,
  assetName
} from '@/components/reports/own-assets/asset-labels'
import { ASSET_KINDS, UNREADABLE_NAME } from '@/lib/domain/reports/own-assets'
import { textIn } from '@/lib/domain/text/catalogs'

test('every kind of asset can be chosen, and an option says where it is a debt', () => {
  const options = assetKindOptions(textIn('es'))
  expect(options.map(({ value }) => value)).toEqual(ASSET_KINDS)
  expect(options).toContainEqual({ value: 'mortgage', label: 'Hipoteca (una deuda)' })
  expect(assetKindLabel('mortgage', textIn('es'))).toBe('Hipoteca')
  expect(assetKindLabel('a later kind', textIn('es'))).toBe('Elemento')
})

test('a name that cannot be read is replaced in the user’s language, others stay', () => {
  expect(assetName(UNREADABLE_NAME, textIn('es'))).toBe('Nombre no disponible')
  expect(assetName('Home', textIn('es'))).toBe('Home')
})
