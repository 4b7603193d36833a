/** Equivalent mutants of the reports. */
import { type EquivalentMutant, inDomain } from '@/scripts/suites/mutation/equivalent'

const DATES = 'reports/recurring-dates.ts'
const SERIES = 'reports/recurring-series.ts'
const CACHE_KEY = 'const key = (month * 32 + day) * SHIFTS.length + SHIFTS.indexOf(shift)'
const CLEAR_CACHE = 'if (known.size > 20_000) known.clear()'
const ENDS = "const [from, to] = [payments[0]?.date ?? '', payments.at(-1)?.date ?? '']"
const HAS_PAYMENTS = 'a series has at least two payments'

export const EQUIVALENT_REPORT_MUTANTS: readonly EquivalentMutant[] = [
  ...inDomain(DATES, 'a memoised day is the same as a computed one', [
    {
      from: CACHE_KEY,
      to: 'const key = (month * 32 + day) * SHIFTS.length - SHIFTS.indexOf(shift)'
    },
    {
      from: CACHE_KEY,
      to: 'const key = (month * 32 - day) * SHIFTS.length + SHIFTS.indexOf(shift)'
    },
    { from: 'if (found !== undefined) return found', to: 'if (false) return found' },
    { from: CLEAR_CACHE, to: 'if (known.size > 20_000) ;' },
    { from: CLEAR_CACHE, to: 'if (false) known.clear()' },
    { from: CLEAR_CACHE, to: 'if (true) known.clear()' },
    { from: CLEAR_CACHE, to: 'if (known.size >= 20_000) known.clear()' },
    { from: CLEAR_CACHE, to: 'if (known.size <= 20_000) known.clear()' },
    { from: 'known.set(key, dayNumber(date))', to: ';' }
  ]),
  ...inDomain(DATES, 'stopping early only saves time', [
    {
      from: 'if (best.off === 0 || best.off > dates.length * 3) break',
      to: 'if (false || best.off > dates.length * 3) break'
    },
    { from: 'if (found.off > most) break', to: 'if (false) break' }
  ]),
  ...inDomain(DATES, 'the first candidate replaces it', [
    {
      from: 'let best = { off: Number.POSITIVE_INFINITY, spread: 0, next: 0 }',
      to: 'let best = {}'
    }
  ]),
  ...inDomain(DATES, 'a sum and a difference are both even or both odd', [
    {
      from: 'fitMonths(dates.filter((_, n) => (dates.length - n) % 2 === turn).slice(-FIT_WINDOW), 1)',
      to: 'fitMonths(dates.filter((_, n) => (dates.length + n) % 2 === turn).slice(-FIT_WINDOW), 1)'
    }
  ]),
  ...inDomain(DATES, 'a shift that is not after a bank day is before it', [
    {
      from: "const SHIFTS: readonly Shift[] = ['none', 'after', 'before']",
      to: "const SHIFTS: readonly Shift[] = ['none', 'after', \"\"]"
    }
  ]),
  ...inDomain(DATES, 'all days are counted from the same one', [
    { from: "const EPOCH = '1970-01-01'", to: 'const EPOCH = ""' }
  ]),
  ...inDomain(DATES, HAS_PAYMENTS, [
    { from: "const [first = ''] = dates", to: 'const [first = "Stryker was here!"] = dates' }
  ]),
  ...inDomain(SERIES, HAS_PAYMENTS, [
    {
      from: ENDS,
      to: 'const [from, to] = [payments[0]?.date ?? "Stryker was here!", payments.at(-1)?.date ?? \'\']'
    },
    {
      from: ENDS,
      to: 'const [from, to] = [payments[0]?.date ?? \'\', payments.at(-1)?.date ?? "Stryker was here!"]'
    },
    {
      from: ENDS,
      to: "const [from, to] = [payments[0].date ?? '', payments.at(-1)?.date ?? '']"
    },
    {
      from: ENDS,
      to: "const [from, to] = [payments[0]?.date ?? '', payments.at(-1).date ?? '']"
    }
  ]),
  ...inDomain(SERIES, 'the text is no payment', [
    {
      from: 'for (const payment of chain?.payments ?? []) seen.add(payment)',
      to: 'for (const payment of chain?.payments ?? ["Stryker was here"]) seen.add(payment)'
    }
  ]),
  ...inDomain(SERIES, 'the index is always that of a payment', [
    { from: 'if (!current) break', to: 'if (false) break' }
  ]),
  ...inDomain(SERIES, 'no schedule has this gap', [
    {
      from: 'next === null && gap < 40 && chain.length >= (skipped + 1) * 3 ? before(1) : null',
      to: 'next === null && gap <= 40 && chain.length >= (skipped + 1) * 3 ? before(1) : null'
    },
    {
      from: "return gap > 30 || (cadence !== 'semimonthly' && FREQUENT_BILLS.has(category))",
      to: "return gap >= 30 || (cadence !== 'semimonthly' && FREQUENT_BILLS.has(category))"
    },
    {
      from: 'const frequent = schedule.gap < 16 && (minors[0] ?? 0n) < 0n',
      to: 'const frequent = schedule.gap <= 16 && (minors[0] ?? 0n) < 0n'
    }
  ]),
  ...inDomain(SERIES, 'zero is its own opposite', [
    {
      from: '.map((minor) => (minor < 0n ? -minor : minor))',
      to: '.map((minor) => (minor <= 0n ? -minor : minor))'
    },
    {
      from: '(size) => (size > middle ? size - middle : middle - size) * 100n <= middle * LOOSE_TOLERANCE',
      to: '(size) => (size >= middle ? size - middle : middle - size) * 100n <= middle * LOOSE_TOLERANCE'
    }
  ]),
  ...inDomain('reports/recurring.ts', HAS_PAYMENTS, [
    { from: 'minor: newest?.minor ?? 0n,', to: 'minor: newest.minor ?? 0n,' },
    {
      from: "fixed: amounts === 'exact' && newest?.minor === before?.minor,",
      to: "fixed: amounts === 'exact' && newest.minor === before?.minor,"
    },
    {
      from: "fixed: amounts === 'exact' && newest?.minor === before?.minor,",
      to: "fixed: amounts === 'exact' && newest?.minor === before.minor,"
    },
    { from: 'lastOn: newest?.date ?? next,', to: 'lastOn: newest.date ?? next,' }
  ]),
  ...inDomain('reports/recurring.ts', 'every cadence has a schedule', [
    {
      from: '(minor * (SCHEDULES.find((schedule) => schedule.cadence === cadence)?.perYear ?? 0n)) / 12n',
      to: '(minor * (SCHEDULES.find(schedule => schedule.cadence === cadence).perYear ?? 0n)) / 12n'
    }
  ]),
  ...inDomain('reports/recurring-streams.ts', 'every cadence has a schedule', [
    {
      from: '(SCHEDULES.find((schedule) => schedule.cadence === cadence)?.graceDays ?? 0)',
      to: '(SCHEDULES.find(schedule => schedule.cadence === cadence).graceDays ?? 0)'
    }
  ]),
  ...inDomain('reports/net-worth.ts', 'zero adds nothing to a sum', [
    {
      from: 'assets: sum(holdings.filter(({ minor }) => minor > 0n)),',
      to: 'assets: sum(holdings.filter(({ minor }) => minor >= 0n)),'
    },
    {
      from: 'debts: -sum(holdings.filter(({ minor }) => minor < 0n)),',
      to: 'debts: -sum(holdings.filter(({ minor }) => minor <= 0n)),'
    }
  ]),
  ...inDomain('reports/one-sided-transfers.ts', 'the text is no mask, word or category', [
    {
      from: "({ mask, subtype }) => endsWithMask(words, mask ?? '') || words.has(subtype ?? '')",
      to: '({ mask, subtype }) => endsWithMask(words, mask ?? "Stryker was here!") || words.has(subtype ?? \'\')'
    },
    {
      from: "({ mask, subtype }) => endsWithMask(words, mask ?? '') || words.has(subtype ?? '')",
      to: '({ mask, subtype }) => endsWithMask(words, mask ?? \'\') || words.has(subtype ?? "Stryker was here!")'
    },
    {
      from: "return named ?? silent.find(({ type }) => KINDS[row.detailed ?? ''] === type)",
      to: 'return named ?? silent.find(({ type }) => KINDS[row.detailed ?? "Stryker was here!"] === type)'
    }
  ])
]
