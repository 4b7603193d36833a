'use client'

import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { MoneyResponse } from '@/lib/api/responses'
import { formatDate } from '@/lib/domain/dates'
import { formatMoney, formatMoneyCompact } from '@/lib/domain/money/money'
import {
  type CalendarMonth,
  formatMonth,
  formatPeriod,
  type MonthStyle,
  type Period
} from '@/lib/domain/periods'
import type { Formatting } from '@/lib/domain/users/preferences'

const Here = createContext<Formatting>({ locale: 'en-US', timeZone: null, today: '' })

/** Says to everything below how the person reads dates and amounts. */
export const WritingProvider = ({
  writing,
  children
}: {
  writing: Formatting
  children: ReactNode
}) => <Here value={writing}>{children}</Here>

const INSTANT: Intl.DateTimeFormatOptions = {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit'
}

/** Dates and amounts as this person reads them. */
export function useWriting() {
  const { locale, timeZone, today } = useContext(Here)
  return useMemo(
    () => ({
      locale,
      timeZone,
      today,
      /** With a true minus sign. */
      money: ({ minor, currency }: MoneyResponse) =>
        formatMoney({ minor: BigInt(minor), currency }, locale).replace(/^-/, '\u2212'),
      /** Without cents, for the edges of charts. */
      short: ({ minor, currency }: MoneyResponse) =>
        formatMoneyCompact({ minor: BigInt(minor), currency }, locale).replace(/^-/, '\u2212'),
      date: (date: string) => formatDate(date, locale),
      month: (month: CalendarMonth, look?: MonthStyle) => formatMonth(month, look, locale),
      period: (period: Period) => formatPeriod(period, locale),
      count: (count: number) => count.toLocaleString(locale),
      /** "12%" of a hundred. */
      percent: (percent: number) =>
        new Intl.NumberFormat(locale, { style: 'percent' }).format(percent / 100),
      /** "1 bank", "2,500 banks". */
      counted: (count: number, one: string, many = `${one}s`) =>
        `${count.toLocaleString(locale)} ${count === 1 ? one : many}`,
      /** In `zone`, which is named where the reader's own is not known. */
      instant: (at: string, zone?: string) =>
        new Intl.DateTimeFormat(locale, {
          ...INSTANT,
          ...(zone ? { timeZone: zone, timeZoneName: 'short' } : timeZone ? { timeZone } : {})
        }).format(new Date(at))
    }),
    [locale, timeZone, today]
  )
}

/** A browser may know a newer way to write a date than the server did; its text is as good. */
const Written = ({ children }: { children: string }) => (
  <span suppressHydrationWarning>{children}</span>
)

export const MoneyText = ({ money }: { money: MoneyResponse }) => (
  <Written>{useWriting().money(money)}</Written>
)
export const Day = ({ on }: { on: string }) => <Written>{useWriting().date(on)}</Written>
export const Month = ({ of, look = 'long' }: { of: CalendarMonth; look?: MonthStyle }) => (
  <Written>{useWriting().month(of, look)}</Written>
)
export const Span = ({ of }: { of: Period }) => <Written>{useWriting().period(of)}</Written>
export const Count = ({ of }: { of: number }) => <Written>{useWriting().count(of)}</Written>
export const Percent = ({ of }: { of: number }) => <Written>{useWriting().percent(of)}</Written>
export const Counted = ({ of, one, many }: { of: number; one: string; many?: string }) => (
  <Written>{useWriting().counted(of, one, many)}</Written>
)
