/** Filters and orders of a list of members. */
import type { Context } from 'hono'
import { invalidValue } from '@/sandbox/clerk/errors'
import type { Instance } from '@/sandbox/clerk/instance'
import type { MembershipRecord } from '@/sandbox/clerk/organizations/records'
import type { UserRecord } from '@/sandbox/clerk/records'
import { primaryAddress } from '@/sandbox/clerk/user-shapes'

type Member = { membership: MembershipRecord; user: UserRecord }

const ORDERS: Record<string, (member: Member) => number | string> = {
  created_at: ({ membership }) => membership.createdAt,
  email_address: ({ user }) => primaryAddress(user),
  first_name: ({ user }) => user.firstName ?? '',
  last_name: ({ user }) => user.lastName ?? ''
}

const matches = ({ user }: Member, part: string) =>
  [user.id, user.firstName, user.lastName, ...user.emails.map((e) => e.address)].some((value) =>
    value?.toLowerCase().includes(part.toLowerCase())
  )

const FILTERS: [name: string, test: (member: Member, values: string[]) => boolean][] = [
  ['user_id', ({ user }, values) => values.includes(user.id)],
  ['email_address', ({ user }, values) => user.emails.some((e) => values.includes(e.address))],
  ['phone_number', ({ user }, values) => user.phones.some((p) => values.includes(p.number))],
  ['role', ({ membership }, values) => values.includes(membership.role)],
  ['query', (member, [part = '']) => matches(member, part)],
  [
    'email_address_query',
    ({ user }, [part = '']) => user.emails.some((e) => e.address.includes(part.toLowerCase()))
  ],
  [
    'name_query',
    ({ user }, [part = '']) =>
      `${user.firstName ?? ''} ${user.lastName ?? ''}`.toLowerCase().includes(part.toLowerCase())
  ]
]

/** All matches, newest first unless `order_by` is set; the caller takes the page. */
export function selectMembers(
  c: Context,
  instance: Instance,
  memberships: MembershipRecord[]
): MembershipRecord[] {
  const queries = c.req.queries()
  const [, sign, name = ''] = /^([+-]?)(\w+)$/.exec(queries.order_by?.[0] ?? '-created_at') ?? []
  const key = ORDERS[name]
  if (!key) throw invalidValue('order_by')
  const direction = sign === '-' ? -1 : 1
  return memberships
    .flatMap((membership) => {
      const user = instance.records.users.get(membership.userId)
      return user ? [{ membership, user }] : []
    })
    .filter((member) =>
      FILTERS.every(([filter, test]) => !queries[filter] || test(member, queries[filter]))
    )
    .sort((a, b) => direction * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
    .map(({ membership }) => membership)
}
