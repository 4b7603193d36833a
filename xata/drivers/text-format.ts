/** Parameters and results as Postgres text, so that both transports return the same values. */

export type Field = { name: string; type: number }
/** A result before its values are parsed. */
export type QueryResult = { fields: Field[]; rows: unknown[][] }
export type Row = Record<string, unknown>

const BOOL = 16
const INT8 = 20
const NUMERIC = 1700
const SMALL_NUMBERS = new Set([21, 23, 26, 700, 701])
const JSON_TYPES = new Set([114, 3802])
const TIMESTAMPS = new Set([1114, 1184])

/**
 * Objects and arrays are sent as JSON text; statements unpack them with jsonb functions, never as
 * Postgres arrays.
 */
export function toParameter(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

type Parse = (text: string) => unknown

const keepText: Parse = (text) => text

/** Postgres' text of an instant in UTC: every connection's time zone. */
const UTC_INSTANT = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/

/** ISO text with milliseconds. A `Date` per value is most of the time of a long result. */
function toInstant(text: string): string {
  const parts = UTC_INSTANT.exec(text)
  if (!parts) return new Date(text).toISOString()
  const [, day, time, fraction = ''] = parts
  return `${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`
}

/**
 * int8 and integral numerics become bigint, instants ISO text in UTC, jsonb its value; other
 * numerics, dates and everything else stay text.
 */
function parserOf(type: number): Parse {
  if (type === BOOL) return (text) => text === 't' || text === 'true'
  if (type === INT8) return BigInt
  if (type === NUMERIC) return (text) => (/^-?\d+$/.test(text) ? BigInt(text) : text)
  if (SMALL_NUMBERS.has(type)) return Number
  if (JSON_TYPES.has(type)) return (text) => JSON.parse(text)
  return TIMESTAMPS.has(type) ? toInstant : keepText
}

const parsersOf = ({ fields }: QueryResult): Parse[] => fields.map(({ type }) => parserOf(type))

const parseValue = (value: unknown, parse: Parse = keepText): unknown =>
  typeof value === 'string' ? parse(value) : value

export function parseValues(answer: QueryResult): unknown[][] {
  const parsers = parsersOf(answer)
  return answer.rows.map((row) => row.map((value, i) => parseValue(value, parsers[i])))
}

export function toRows(answer: QueryResult): Row[] {
  const parsers = parsersOf(answer)
  const names = answer.fields.map(({ name }) => name)
  return answer.rows.map((values) => {
    // Filled in one order, so that all rows share one shape.
    const row: Row = {}
    for (const [i, name] of names.entries()) row[name] = parseValue(values[i], parsers[i])
    return row
  })
}
