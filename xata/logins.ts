/** Whether the logins of a deployment are as restricted as row-level security needs. */
import 'server-only'
import { openHttp } from '@/xata/drivers/http'
import { openTcp } from '@/xata/drivers/tcp'

export type Login = { variable: string; url: string; role: 'pangea_app' | 'pangea_worker' }

/** What a login must not be able to do, or must be. */
const CHECKS: [problem: string, isBroken: (role: string, other: string) => string][] = [
  ['is a superuser', () => `select rolsuper from pg_roles where rolname = session_user`],
  ['has BYPASSRLS', () => `select rolbypassrls from pg_roles where rolname = session_user`],
  [
    'may change the schema',
    () =>
      `select has_schema_privilege('public', 'create') or has_database_privilege(current_database(), 'create')
        or exists (select from pg_class where relnamespace = 'public'::regnamespace and pg_has_role(relowner, 'member'))`
  ],
  ['is no member of its role', (role) => `select not pg_has_role('${role}', 'member')`],
  ['is a member of the other role', (_, other) => `select pg_has_role('${other}', 'member')`]
]

/** @returns one sentence per login and fault. @throws StorageError. */
export async function findLoginProblems(
  { variable, url, role }: Login,
  { over, gatewayUrl }: { over: 'tcp' | 'http'; gatewayUrl: string | null }
): Promise<string[]> {
  const transport = over === 'http' ? openHttp(url, gatewayUrl) : openTcp(url)
  const other = role === 'pangea_app' ? 'pangea_worker' : 'pangea_app'
  try {
    const results = await transport.batch(
      CHECKS.map(([, isBroken]) => ({ sql: isBroken(role, other), params: [] }))
    )
    return CHECKS.flatMap(([problem], i) =>
      results[i]?.rows[0]?.[0] === 't' ? [`The login in ${variable} ${problem}.`] : []
    )
  } finally {
    await transport.close()
  }
}
