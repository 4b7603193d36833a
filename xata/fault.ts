/** What went wrong, without what was sent: a driver's error may quote rows. */
export type StorageFault = Error & { code: string }

/** @param code the SQLSTATE where Postgres answered, else TIMEOUT, UNREACHABLE or BAD_RESPONSE. */
export const storageFault = (code: string): StorageFault => Object.assign(new Error(`statement failed: ${code}`), { code })
