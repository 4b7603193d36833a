'use client'

import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { useHydrated } from '@/components/ui/client-only'
import type { MoneyResponse } from '@/lib/api/responses'
import { formatDate } from '@/lib/domain/dates'
import { dateTimeFormat, formatCount, numberFormat } from '@/lib/domain/intl'
import { formatMoney, formatMoneyCompact } from '@/lib/domain/money/money'
import {
  type CalendarMonth,
  formatMonth,
  formatPeriod,
  type MonthStyle,
  type Period
} from '@/lib/domain/periods'
import type { Formatting } from '@/lib/domain/users/preferences'

const DATE_TIME_FORMAT: Intl.DateTimeFormatOptions = {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit'
}

const createFormatters = ({ locale, timeZone, today }: Formatting) => ({
  locale,
  timeZone,
  today,
  /** With a typographic minus sign. */
  money: ({ minor, currency }: MoneyResponse) =>
    formatMoney({ minor: BigInt(minor), currency }, locale).replace(/^-/, '\u2212'),
  /** Without cents, for chart axes. */
  short: ({ minor, currency }: MoneyResponse) =>
    formatMoneyCompact({ minor: BigInt(minor), currency }, locale).replace(/^-/, '\u2212'),
  date: (date: string) => formatDate(date, locale),
  month: (month: CalendarMonth, format?: MonthStyle) => formatMonth(month, format, locale),
  period: (period: Period) => formatPeriod(period, locale),
  count: (count: number) => formatCount(count, locale),
  /** Decimal text with all its digits. */
  decimal: (text: string) =>
    numberFormat(locale, { maximumFractionDigits: 20 }).format(text as Intl.StringNumericLiteral),
  /** "12%" of a hundred. */
  percent: (percent: number) => numberFormat(locale, { style: 'percent' }).format(percent / 100),
  /** "1 bank", "2,500 banks". */
  counted: (count: number, one: string, many = `${one}s`) =>
    `${formatCount(count, locale)} ${count === 1 ? one : many}`,
  /** In `zone`, whose name is shown when the user's zone is unknown. */
  instant: (at: string, zone?: string) =>
    dateTimeFormat(locale, {
      ...DATE_TIME_FORMAT,
      ...(zone ? { timeZone: zone, timeZoneName: 'short' } : timeZone ? { timeZone } : {})
    }).format(new Date(at))
})

const FormattingContext = createContext(
  createFormatters({ locale: 'en-US', timeZone: null, today: '' })
)

/** Provides locale and time zone to everything below. */
export function FormattingProvider({
  formatting: { locale, timeZone, today },
  children
}: {
  formatting: Formatting
  children: ReactNode
}) {
  const formatters = useMemo(
    () => createFormatters({ locale, timeZone, today }),
    [locale, timeZone, today]
  )
  return <FormattingContext value={formatters}>{children}</FormattingContext>
}

/** Formatters for dates and amounts in the user's locale. */
export const useFormatting = () => useContext(FormattingContext)

/** The browser's date format may be newer than the server's, so a mismatch is suppressed. */
const FormattedText = ({ children }: { children: string }) => (
  <span suppressHydrationWarning>{children}</span>
)

export const MoneyText = ({ money }: { money: MoneyResponse }) => (
  <FormattedText>{useFormatting().money(money)}</FormattedText>
)
export const DateText = ({ date: on }: { date: string }) => (
  <FormattedText>{useFormatting().date(on)}</FormattedText>
)
export const MonthText = ({
  month: of,
  format = 'long'
}: {
  month: CalendarMonth
  format?: MonthStyle
}) => <FormattedText>{useFormatting().month(of, format)}</FormattedText>
export const PeriodText = ({ period: of }: { period: Period }) => (
  <FormattedText>{useFormatting().period(of)}</FormattedText>
)
export const PercentText = ({ value: of }: { value: number }) => (
  <FormattedText>{useFormatting().percent(of)}</FormattedText>
)
export const CountText = ({
  count: of,
  one,
  many
}: {
  count: number
  one: string
  many?: string
}) => <FormattedText>{useFormatting().counted(of, one, many)}</FormattedText>

/**
 * A timestamp in the user's time zone. Without a preference the server's HTML is in UTC until
 * hydration.
 */
export function DateTime({ at }: { at: string }) {
  const format = useFormatting()
  const isHydrated = useHydrated()
  return (
    <time dateTime={at} suppressHydrationWarning>
      {format.instant(at, isHydrated || format.timeZone ? undefined : 'UTC')}
    </time>
  )
}
