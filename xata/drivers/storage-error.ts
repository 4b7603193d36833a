/** What went wrong, without what was sent: a driver's error may quote rows. */
export type StorageError = Error & { code: string; detail: string }

/**
 * @param code the SQLSTATE where Postgres answered, else TIMEOUT, UNREACHABLE or BAD_RESPONSE.
 * @param detail names of the schema only, see `detailOf`.
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

/** Table, column and constraint, and Postgres' message for class 42 (syntax and names), the one class whose messages quote no values. */
export const detailOf = ({ code = '', message, table, column, constraint }: Answered): string =>
  [
    code.startsWith('42') && message,
    table && `table ${table}`,
    column && `column ${column}`,
    constraint && `constraint ${constraint}`
  ]
    .filter(Boolean)
    .join(', ')
