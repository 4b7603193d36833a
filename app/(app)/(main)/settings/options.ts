import { formatDate, today } from '@/lib/domain/dates'
import { formatMoney } from '@/lib/domain/money/money'
import type { Text, TextKey } from '@/lib/domain/text/text'
import { LOCALES } from '@/lib/domain/users/preferences'

type Key = TextKey<'users'>
type Option = { value: string; label: string }
type OptionGroup = { label: string; options: Option[] }

/** Time zones of the US states and territories under their common names. */
const US_TIME_ZONES: { value: string; label: Key }[] = [
  { value: 'America/New_York', label: 'Eastern (New York)' },
  { value: 'America/Chicago', label: 'Central (Chicago)' },
  { value: 'America/Denver', label: 'Mountain (Denver)' },
  { value: 'America/Phoenix', label: 'Mountain without daylight saving (Phoenix)' },
  { value: 'America/Los_Angeles', label: 'Pacific (Los Angeles)' },
  { value: 'America/Anchorage', label: 'Alaska (Anchorage)' },
  { value: 'Pacific/Honolulu', label: 'Hawaii (Honolulu)' },
  { value: 'America/Puerto_Rico', label: 'Atlantic (Puerto Rico)' },
  { value: 'Pacific/Guam', label: 'Chamorro (Guam)' },
  { value: 'Pacific/Pago_Pago', label: 'Samoa (Pago Pago)' }
]

/** The regions in the names of time zones. Cities keep the names that they have there. */
const REGIONS: readonly Key[] = [
  'Africa',
  'America',
  'Antarctica',
  'Arctic',
  'Asia',
  'Atlantic',
  'Australia',
  'Europe',
  'Indian',
  'Pacific'
]

function regionLabel(region: string, text: Text<'users'>): string {
  const known = REGIONS.find((one) => one === region)
  return known ? text(known) : region
}

/** Every time zone of this runtime, grouped by region, the United States first. */
export function timeZoneOptions(text: Text<'users'>): OptionGroup[] {
  const us = new Set(US_TIME_ZONES.map(({ value }) => value))
  const regions = new Map<string, Option[]>()
  for (const timeZone of Intl.supportedValuesOf('timeZone')) {
    const [region = '', ...cityParts] = timeZone.split('/')
    if (us.has(timeZone) || cityParts.length === 0) continue
    regions.set(region, [
      ...(regions.get(region) ?? []),
      { value: timeZone, label: cityParts.join(' / ').replaceAll('_', ' ') }
    ])
  }
  const others = [...regions].map(([region, options]) => ({
    label: regionLabel(region, text),
    options
  }))
  return [
    {
      label: text('United States'),
      options: US_TIME_ZONES.map(({ value, label }) => ({ value, label: text(label) }))
    },
    ...others,
    { label: text('Other'), options: [{ value: 'UTC', label: 'UTC' }] }
  ]
}

/** Locales, each shown with a sample date and amount. */
export function localeOptions(text: Text<'users'>): Option[] {
  const names = new Intl.DisplayNames(text.language, {
    type: 'language',
    languageDisplay: 'standard'
  })
  return LOCALES.map((locale) => {
    const sample = `${formatDate(today('UTC'), locale)} · ${formatMoney({ minor: 123_456n, currency: 'USD' }, locale)}`
    return { value: locale, label: `${sample} · ${names.of(locale) ?? locale}` }
  })
}
