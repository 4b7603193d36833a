import type { Metadata } from 'next'
import { findAdmin } from '@/app/_lib/admin-session'
import { AdminSearch } from '@/components/admin/admin-search'
import { OlderLink } from '@/components/admin/list-card'
import { UserList } from '@/components/admin/user-list'
import { PageHeading } from '@/components/ui/card'
import { AdminPageQuery } from '@/lib/api/admin'
import { DataService } from '@/lib/services'
import { brand } from '@/pangea.config'

export const metadata: Metadata = { title: 'Users' }

export default async function UsersPage({
  searchParams
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const admin = await findAdmin('/admin/users')
  if (!admin) return null
  const query = AdminPageQuery.safeParse(await searchParams)
  const { q, cursor } = query.success ? query.data : { q: '', cursor: null }
  const { items, next } = await DataService.listUsers({ text: q, cursor })
  return (
    <>
      <PageHeading title="Users">
        Application and connection status. Balances and transactions are not shown.
      </PageHeading>
      <AdminSearch
        action="/admin/users"
        label={`E-mail address, ${brand.name} id or vendor id`}
        text={q}
      />
      <UserList users={items} searched={q !== ''} />
      <OlderLink path="/admin/users" text={q} next={next} />
    </>
  )
}
