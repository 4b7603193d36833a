/**
 * `npm run bench recurring [seed] [histories of each kind]`: recall, precision and the error of
 * the next due date, and where Plaid's streams differ.
 */
import { findRecurring, type MerchantPayments } from '@/lib/domain/reports/recurring'
import { type History, makeHistories } from '@/scripts/bench/recurring/data'
import type { Truth } from '@/scripts/bench/recurring/schedules'
import { listWithStreams, reportStreams } from '@/scripts/bench/recurring/streams'

export type Score = {
  histories: number
  due: number
  found: number
  right: number
  onDay: number
  near: number
  off: number
  wrong: string[]
}
const NEAR_DAYS = 1

function grouped<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one])
  return groups
}

/** The payments of a history by direction and name, as the database groups them. */
export function toSeries({ paid }: History): MerchantPayments[] {
  const groups = grouped(paid, ({ name, minor }) => `${minor < 0} ${name.toLowerCase()}`)
  return [...groups.values()].map((payments) => ({
    merchant: payments[0]?.name.toLowerCase() ?? '',
    name: payments[0]?.name ?? '',
    currency: 'USD',
    category: payments[0]?.category ?? null,
    payments: payments.map(({ date, minor }) => ({ date, minor: BigInt(minor) }))
  }))
}

const detect = (history: History) => findRecurring(toSeries(history), history.today)

const daysApart = (a: string, b: string) => Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000

/** A detection is correct if schedule, newest amount and merchant match. */
export function scoreHistories(histories: readonly History[], find = detect): Score {
  const score: Score = {
    histories: histories.length,
    due: 0,
    found: 0,
    right: 0,
    onDay: 0,
    near: 0,
    off: 0,
    wrong: []
  }
  for (const history of histories) {
    const found = find(history)
    const open = new Set<Truth>(history.truth)
    score.due += history.truth.length
    score.found += found.length
    for (const one of found) {
      const truth = [...open].find(
        ({ cadence, minor, name }) =>
          cadence === one.cadence &&
          BigInt(minor) === one.minor &&
          one.words.includes(name.toLowerCase())
      )
      if (!truth) {
        score.wrong.push(`${history.kind}: found ${one.cadence} ${one.minor} of ${one.name}`)
        continue
      }
      open.delete(truth)
      const off = daysApart(truth.nextOn, one.nextOn)
      score.right++
      score.off += off
      if (off === 0) score.onDay++
      if (off <= NEAR_DAYS) score.near++
      else score.wrong.push(`${history.kind}: ${one.nextOn} for ${truth.nextOn}`)
    }
    for (const { cadence, minor, name } of open)
      score.wrong.push(`${history.kind}: missed ${cadence} ${minor} of ${name}`)
  }
  return score
}

const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole)
export const precisionOf = ({ right, found }: Score) => share(right, found)
export const recallOf = ({ right, due }: Score) => share(right, due)
export const nearOf = ({ near, right }: Score) => share(near, right)

export function reportRecurring([seed = '1', ofEach = '20', verbose]: readonly string[]): void {
  const histories = makeHistories(Number(seed), Number(ofEach))
  const kinds = grouped(histories, ({ kind }) => kind)
  console.log(
    '| kind | histories | due | found | right | next date exact | within a day |\n|---|---|---|---|---|---|---|'
  )
  for (const [kind, some] of [...kinds, ['all', histories] as const]) {
    const { due, found, right, onDay, near } = scoreHistories(some)
    console.log(`| ${kind} | ${some.length} | ${due} | ${found} | ${right} | ${onDay} | ${near} |`)
  }
  const all = scoreHistories(histories)
  const figure = (value: number) => value.toFixed(3)
  console.log(
    `\nSeed ${seed}: precision ${figure(precisionOf(all))}, recall ${figure(recallOf(all))}, next date exact ${figure(share(all.onDay, all.right))},`
  )
  console.log(
    `within a day ${figure(nearOf(all))}, off by ${figure(share(all.off, all.right))} days on average.`
  )
  reportStreams([...kinds, ['all', histories]], detect)
  const listed = scoreHistories(histories, (one) => listWithStreams(one, detect(one)))
  console.log(
    `\nAs listed in the app: precision ${figure(precisionOf(listed))}, recall ${figure(recallOf(listed))}.`
  )
  if (verbose) for (const line of all.wrong) console.log(line)
}
