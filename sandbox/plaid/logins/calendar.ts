/** Calendar days as whole numbers since 1970-01-01, so that no time zone can shift them. */
const DAY = 86_400_000

export const toDay = (isoDate: string): number =>
  Math.floor(Date.parse(`${isoDate.slice(0, 10)}T00:00:00Z`) / DAY)
export const toIso = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)
export const dayOf = (instant: Date): number => Math.floor(instant.getTime() / DAY)
/** 0 = Sunday. */
export const weekday = (day: number): number => (day + 4) % 7
export const dayOfMonth = (day: number): number => new Date(day * DAY).getUTCDate()
export const monthOf = (day: number): number => new Date(day * DAY).getUTCMonth() + 1
export const yearOf = (day: number): number => new Date(day * DAY).getUTCFullYear()
export const isLastOfMonth = (day: number): boolean => dayOfMonth(day + 1) === 1
/** A real date in YYYY-MM-DD form. */
export const isIsoDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  toIso(toDay(text)) === text
