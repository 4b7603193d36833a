import { formatDate, today } from '@/lib/domain/dates'
import { formatMoney } from '@/lib/domain/money'
import { LOCALES } from '@/lib/domain/preferences'

type Option = { value: string; label: string }

const words = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' })

/** Every time zone that this server knows, by its usual name. */
export const zoneChoices = (): Option[] =>
  ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))

/** Each way to write, shown by a date and an amount. */
export const localeChoices = (): Option[] =>
  LOCALES.map((locale) => {
    const sample = `${formatDate(today('UTC'), locale)} · ${formatMoney({ minor: 123_456n, currency: 'USD' }, locale)}`
    return { value: locale, label: `${sample} · ${words.of(locale) ?? locale}` }
  })
