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

/**
 * int8 and integral numerics become bigint, instants ISO text in UTC, jsonb its value; other
 * numerics, dates and everything else stay text.
 */
function parseValue(value: unknown, type: number): unknown {
  if (typeof value !== 'string') return value
  if (type === BOOL) return value === 't' || value === 'true'
  if (type === INT8 || (type === NUMERIC && /^-?\d+$/.test(value))) return BigInt(value)
  if (SMALL_NUMBERS.has(type)) return Number(value)
  if (JSON_TYPES.has(type)) return JSON.parse(value)
  return TIMESTAMPS.has(type) ? new Date(value).toISOString() : value
}

export const parseValues = ({ fields, rows }: QueryResult): unknown[][] =>
  rows.map((row) => row.map((value, i) => parseValue(value, fields[i]?.type ?? 0)))

export const toRows = (answer: QueryResult): Row[] =>
  parseValues(answer).map((row) =>
    Object.fromEntries(row.map((value, i) => [answer.fields[i]?.name ?? '', value]))
  )
