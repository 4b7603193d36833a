import type { Metadata } from 'next'
import { findAdmin } from '@/app/_lib/admin-session'
import { AdminSearch } from '@/components/admin/admin-search'
import { AuditList } from '@/components/admin/audit-list'
import { OlderLink } from '@/components/admin/list-card'
import { PageHeading } from '@/components/ui/card'
import { AdminPageQuery } from '@/lib/api/admin'
import { DataService } from '@/lib/services'

export const metadata: Metadata = { title: 'Audit log' }

export default async function AuditPage({
  searchParams
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const admin = await findAdmin('/admin/audit')
  if (!admin) return null
  const query = AdminPageQuery.safeParse(await searchParams)
  const { q, cursor } = query.success ? query.data : { q: '', cursor: null }
  const { items, next } = await DataService.listAudit({ text: q, cursor })
  return (
    <>
      <PageHeading title="Audit log">Who did what, newest first.</PageHeading>
      <AdminSearch
        action="/admin/audit"
        label="User id, subject id or start of an action, such as admin."
        text={q}
      />
      <AuditList rows={items} />
      <OlderLink path="/admin/audit" text={q} next={next} />
    </>
  )
}
