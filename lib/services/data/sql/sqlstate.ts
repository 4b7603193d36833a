/** The meaning of each SQLSTATE class for the caller (PostgreSQL, appendix A). */
import 'server-only'

/**
 * race: rolled back; an immediate retry may succeed · busy: this statement may work later · outage:
 * no statement works until the server or its operator recovers it · fault: the statement fails
 * every time, which is an error in this program or its schema.
 */
export type SqlstateClass = 'race' | 'busy' | 'outage' | 'fault'

const BY_CODE: Record<string, SqlstateClass> = {
  // Serialization failure, deadlock, and a unique violation.
  '40001': 'race',
  '40P01': 'race',
  '23505': 'race',
  // A read-only server is being replaced, or is a replica.
  '25006': 'outage',
  // Idle or transaction timeouts of the server.
  '25P03': 'busy',
  '25P04': 'busy',
  // Cancelled by a timeout, an operator, or a replica that is catching up.
  '57014': 'busy',
  // In recovery, in use, locked, or snapshot too old.
  '55000': 'busy',
  '55006': 'busy',
  '55P03': 'busy',
  '72000': 'busy',
  // Corrupted data does not recover on a retry.
  XX001: 'fault',
  XX002: 'fault',
  // Driver errors without a response from the server.
  TIMEOUT: 'outage',
  UNREACHABLE: 'outage',
  BAD_RESPONSE: 'outage'
}

/**
 * By the first two characters. Every other class is a fault of the statement, its values or the
 * schema.
 */
const BY_CLASS: Record<string, SqlstateClass> = {
  '08': 'outage', // connection exception
  '28': 'outage', // invalid authorization: credentials are being changed, or wrong
  '3D': 'outage', // no such database: not there yet, or a wrong address
  '40': 'busy', // transaction rollback
  '53': 'outage', // insufficient resources: disk, memory, connections
  '57': 'outage', // operator intervention: shutting down, starting up
  '58': 'outage', // system error
  XX: 'outage' // Internal error; poolers and gateways use it for unreachable servers.
}

export const classifySqlstate = (code: string): SqlstateClass =>
  BY_CODE[code] ?? (/^[0-9A-Z]{5}$/.test(code) ? BY_CLASS[code.slice(0, 2)] : undefined) ?? 'fault'
