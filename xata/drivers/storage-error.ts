/** A storage failure without the values that were sent: driver errors may quote rows. */
export type StorageError = Error & { code: string; detail: string }

/**
 * @param code the SQLSTATE from Postgres, else TIMEOUT, UNREACHABLE or BAD_RESPONSE.
 * @param detail schema names only, see `detailOf`.
 */
export const storageError = (code: string, detail = ''): StorageError =>
  Object.assign(new Error(`statement failed: ${code}`), { code, detail })

type Answered = {
  code?: string
  message?: string
  table?: string
  column?: string
  constraint?: string
}

/**
 * Table, column and constraint, and Postgres' message for class 42 (syntax and names), the only
 * class whose messages contain no values.
 */
export const detailOf = ({ code = '', message, table, column, constraint }: Answered): string =>
  [
    code.startsWith('42') && message,
    table && `table ${table}`,
    column && `column ${column}`,
    constraint && `constraint ${constraint}`
  ]
    .filter(Boolean)
    .join(', ')
