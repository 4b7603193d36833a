/**
 * Row types as values. An SQL statement declares its columns, and TypeScript infers the row from
 * them. In development and tests every result is compared with the declaration, so a renamed or
 * retyped column fails the build or the first test that runs the statement.
 */
import 'server-only'
import { Column, type GetColumnData, is, type SQL, type SQLWrapper } from 'drizzle-orm'
import { env } from '@/lib/platform/env'
import { type QueryResult, type Row, toRows } from '@/xata/drivers/text-format'

declare const VALUE: unique symbol

/** A Postgres type and the TypeScript type of its values. */
export type ColumnKind<Value> = {
  oids: readonly number[]
  nullable: boolean
  readonly [VALUE]?: Value
}

const kind = <Value>(...oids: number[]): ColumnKind<Value> => ({ oids, nullable: false })

/** Types of computed columns; a table's column is its own type. */
export const column = {
  bool: kind<boolean>(16),
  int4: kind<number>(23),
  int8: kind<bigint>(20),
  float8: kind<number>(701),
  /** Whole minor units, or a sum of them. */
  minor: kind<bigint>(1700),
  text: kind<string>(25),
  uuid: kind<string>(2950),
  /** A calendar date, YYYY-MM-DD. */
  date: kind<string>(1082),
  /** An instant, ISO 8601 in UTC. */
  timestamptz: kind<string>(1184),
  /** Text of a known list of values. */
  textOf: <Value extends string>() => kind<Value>(25),
  /** jsonb of a known shape. */
  jsonb: <Value>() => kind<Value>(3802)
}

type AnyKind = ColumnKind<unknown> | Column
type ValueOf<Kind> = Kind extends Column
  ? GetColumnData<Kind>
  : Kind extends ColumnKind<infer Value>
    ? Value
    : never

export const nullable = <Kind extends AnyKind>(of: Kind): ColumnKind<ValueOf<Kind> | null> => ({
  oids: toKind(of).oids,
  nullable: true
})

/** The columns of a row: types declared here, or columns of tables. */
export type Shape = Record<string, AnyKind>
export type RowOf<Columns extends Shape> = {
  -readonly [Name in keyof Columns]: ValueOf<Columns[Name]>
}
export type RowType<R> = { columns: Record<string, ColumnKind<unknown>>; readonly [VALUE]?: R }

export type InferRow<Type> = Type extends RowType<infer R> ? R : never

export const rowType = <const Columns extends Shape>(
  columns: Columns
): RowType<RowOf<Columns>> => ({
  columns: Object.fromEntries(Object.entries(columns).map(([name, of]) => [name, toKind(of)]))
})

/** Both rows' columns. */
export const extendRow = <A, B>(a: RowType<A>, b?: RowType<B>): RowType<A & B> => ({
  columns: { ...a.columns, ...b?.columns }
})

const OID_BY_SQL_TYPE: Record<string, number> = {
  bigint: 20,
  boolean: 16,
  date: 1082,
  integer: 23,
  jsonb: 3802,
  'numeric(38, 0)': 1700,
  text: 25,
  'timestamp with time zone': 1184,
  uuid: 2950
}

function toKind(of: AnyKind): ColumnKind<unknown> {
  if (!is(of, Column)) return of
  return { oids: [OID_BY_SQL_TYPE[of.getSQLType()] ?? 0], nullable: !of.notNull }
}

/** A statement with its declared rows. */
export type TypedStatement<R> = SQLWrapper & { rowType: RowType<R> }

export const typed = <R>(type: RowType<R>, statement: SQL): TypedStatement<R> => ({
  rowType: type,
  getSQL: () => statement
})

/**
 * Returns a result as the declared rows.
 * @throws RowMismatch in development and tests if its columns differ.
 */
export function readRows<R>(type: RowType<R>, result: QueryResult): R[] {
  const rows = toRows(result)
  if (!env().production) check(type, result, rows)
  // The only cast of query results.
  return rows as R[]
}

function check({ columns }: RowType<unknown>, { fields }: QueryResult, rows: Row[]): void {
  const faults = Object.keys(columns)
    .filter((name) => !fields.some((field) => field.name === name))
    .map((name) => `${name} is missing`)
  for (const { name, type } of fields) {
    const declared = columns[name]
    if (!declared) faults.push(`${name} is not declared`)
    else if (!declared.oids.includes(type))
      faults.push(`${name} has type ${type}, not ${declared.oids.join(' or ')}`)
    else if (!declared.nullable && rows.some((row) => row[name] === null))
      faults.push(`${name} is null`)
    else if (type === 1700 && rows.some((row) => typeof row[name] === 'string'))
      faults.push(`${name} is no whole number`)
  }
  if (faults.length === 0) return
  throw Object.assign(new Error(`The rows differ from their declaration: ${faults.join(', ')}`), {
    name: 'RowMismatch'
  })
}
