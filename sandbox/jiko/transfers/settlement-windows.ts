/** When transfers go out and settle: New York time, business days, two days of return window. */

const DAY = 86_400_000
const SAME_DAY_LIMIT = 2_500_000
const NOON = 12
const FIXED_HOLIDAYS = ['01-01', '06-19', '07-04', '11-11', '12-25']
/** Month, weekday (0 is Sunday), and which one of the month; 0 is the last one. */
const FLOATING_HOLIDAYS = [
  [1, 1, 3],
  [2, 1, 3],
  [5, 1, 0],
  [9, 1, 1],
  [10, 1, 2],
  [11, 4, 4]
] as const

const NEW_YORK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/New_York',
  dateStyle: 'short',
  timeStyle: 'short'
})

const addDays = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
const weekday = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay()

function isHoliday(date: string): boolean {
  if (
    FIXED_HOLIDAYS.includes(date.slice(5)) ||
    (weekday(date) === 1 && FIXED_HOLIDAYS.includes(addDays(date, -1).slice(5)))
  )
    return true
  const month = Number(date.slice(5, 7))
  return FLOATING_HOLIDAYS.some(([in_, on, n]) => {
    if (in_ !== month || weekday(date) !== on) return false
    return n === 0
      ? addDays(date, 7).slice(5, 7) !== date.slice(5, 7)
      : Math.ceil(Number(date.slice(8)) / 7) === n
  })
}

const isBusinessDay = (date: string) => weekday(date) % 6 !== 0 && !isHoliday(date)
const nextBusinessDay = (date: string): string =>
  isBusinessDay(addDays(date, 1)) ? addDays(date, 1) : nextBusinessDay(addDays(date, 1))
const addBusinessDays = (date: string, days: number): string =>
  days === 0 ? date : addBusinessDays(nextBusinessDay(date), days - 1)

function toNewYork(at: number): { date: string; hour: number } {
  const text = NEW_YORK.format(at)
  return { date: text.slice(0, 10), hour: Number(text.slice(11, 13)) }
}

/** The instant of an hour in New York, with daylight saving time. */
const fromNewYork = (date: string, hour: number): number => {
  const guess = Date.parse(`${date}T00:00:00Z`) + (hour + 5) * 3_600_000
  return toNewYork(guess).hour === hour ? guess : guess - 3_600_000
}

export type SettlementSchedule = {
  sentAt: number
  returnAt: number
  settledAt: number
  lateReturnAt: number
}

/** @param pull money coming in; money going out sells bills first, which takes a day. */
export function settlementSchedule(pull: boolean, cents: number, at: number): SettlementSchedule {
  const { date, hour } = toNewYork(at)
  const taken = isBusinessDay(date) && hour < NOON ? date : nextBusinessDay(date)
  const sent = pull ? taken : nextBusinessDay(taken)
  const settlesBetween = addBusinessDays(sent, cents < SAME_DAY_LIMIT ? 0 : 1)
  return {
    sentAt: Math.max(at, fromNewYork(sent, NOON)),
    returnAt: fromNewYork(addBusinessDays(settlesBetween, 1), 10),
    settledAt: fromNewYork(addBusinessDays(settlesBetween, 2), 9),
    lateReturnAt: fromNewYork(addBusinessDays(settlesBetween, 7), 9)
  }
}
