import { describe, expect, it } from 'vitest'
import { AssetInput } from '@/lib/api/assets'
import { LinkedAccountInput } from '@/lib/api/linked-accounts'
import { PreferencesInput } from '@/lib/api/preferences'

const asset = { name: 'House', kind: 'home', currency: 'USD', value: '1' }
const faultsOf = (input: unknown) => [
  ...new Set(AssetInput.safeParse(input).error?.issues.map(({ path }) => path.join('.')))
]

describe('asset and preference input', () => {
  it.each(['250000', '250000.50', '0'])('accepts the amount "%s"', (value) => {
    expect(AssetInput.parse({ ...asset, value }).value).toBe(value)
  })

  it.each(['', '-1', '1e9', '250,000', '$5', '12.', '१२', '1234567890123', 'free'])(
    'refuses the amount "%s" and names the field',
    (value) => {
      expect(faultsOf({ ...asset, value })).toEqual(['value'])
    }
  )

  it('reports every empty field', () => {
    expect(faultsOf({})).toEqual(['name', 'kind', 'currency', 'value'])
    expect(faultsOf({ ...asset, name: '  ', currency: 'XYZ', on: '2026-02-30' })).toEqual([
      'name',
      'currency',
      'on'
    ])
  })

  it('treats an empty account name as the bank’s own, and changes only the given fields', () => {
    expect(LinkedAccountInput.parse({ name: '  ' })).toEqual({ name: null })
    expect(LinkedAccountInput.parse({ hidden: true })).toEqual({ hidden: true })
    expect(LinkedAccountInput.safeParse({ name: 'x'.repeat(81) }).success).toBe(false)
  })

  it('treats empty choices as the browser’s, and refuses unknown ones', () => {
    expect(PreferencesInput.parse({ timeZone: '', locale: null })).toEqual({
      timeZone: null,
      locale: null
    })
    expect(PreferencesInput.parse({ theme: 'contrast' })).toEqual({ theme: 'contrast' })
    for (const wrong of [
      { theme: 'pink' },
      { timeZone: 'Mars/Olympus' },
      { locale: 'xx' },
      { shortcuts: 'yes' }
    ])
      expect(PreferencesInput.safeParse(wrong).success).toBe(false)
  })
})
