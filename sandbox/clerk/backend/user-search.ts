/** Finds and orders users by the Backend API's list parameters. */
import { invalidValue } from '@/sandbox/clerk/errors'
import type { Instance } from '@/sandbox/clerk/instance'
import type { UserRecord } from '@/sandbox/clerk/records'
import { primaryAddress } from '@/sandbox/clerk/user-shapes'

type Queries = Record<string, string[]>

const ORDERS: Record<string, (user: UserRecord) => number | string> = {
  created_at: (u) => u.createdAt,
  updated_at: (u) => u.updatedAt,
  email_address: primaryAddress,
  first_name: (u) => u.firstName ?? '',
  last_name: (u) => u.lastName ?? '',
  last_active_at: (u) => u.lastActiveAt ?? 0,
  last_sign_in_at: (u) => u.lastSignInAt ?? 0
}

/** All matches, newest first unless `order_by` is set; the caller takes the page. */
export function selectUsers(instance: Instance, queries: Queries): UserRecord[] {
  const matches = instance.records.users.filter((user) =>
    FILTERS.every(([name, test]) => (queries[name] ? test(user, queries[name]) : true))
  )
  const [, sign, name = ''] = /^([+-]?)(\w+)$/.exec(queries.order_by?.[0] ?? '-created_at') ?? []
  const key = ORDERS[name]
  if (!key) throw invalidValue('order_by')
  const direction = sign === '-' ? -1 : 1
  const compare = (a: UserRecord, b: UserRecord) =>
    key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id < b.id ? -1 : 1
  return matches.sort((a, b) => direction * compare(a, b))
}

const contains = (text: string | null, part: string | undefined) =>
  (text ?? '').toLowerCase().includes((part ?? '').toLowerCase())
const hasEmail = (user: UserRecord, part: string | undefined) =>
  user.emails.some((e) => contains(e.address, part))
const hasName = (user: UserRecord, part: string | undefined) =>
  contains(`${user.firstName ?? ''} ${user.lastName ?? ''}`.trim(), part)

const FILTERS: [name: string, test: (user: UserRecord, values: string[]) => boolean][] = [
  ['user_id', (user, values) => values.includes(user.id)],
  ['external_id', (user, values) => user.externalId !== null && values.includes(user.externalId)],
  [
    'email_address',
    (user, values) => user.emails.some((e) => values.some((v) => v.toLowerCase() === e.address))
  ],
  ['phone_number', (user, values) => user.phones.some((p) => values.includes(p.number))],
  ['email_address_query', (user, [part]) => hasEmail(user, part)],
  ['name_query', (user, [part]) => hasName(user, part)],
  ['query', (user, [part]) => user.id === part || hasEmail(user, part) || hasName(user, part)],
  ['created_at_after', (user, [time]) => user.createdAt > Number(time)],
  ['created_at_before', (user, [time]) => user.createdAt < Number(time)]
]
