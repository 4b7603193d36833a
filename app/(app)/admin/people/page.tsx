import type { Metadata } from 'next'
import { findAdmin } from '@/app/admin-session'
import { PeopleList } from '@/components/admin/people-list'
import { OlderLink } from '@/components/admin/rows'
import { SearchBox } from '@/components/admin/search-box'
import { PageHeading } from '@/components/ui/card'
import { AdminPageQuery } from '@/lib/api/admin'
import { DataService } from '@/lib/services'

export const metadata: Metadata = { title: 'People' }

export default async function PeoplePage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const admin = await findAdmin('/admin/people')
  if (!admin) return null
  const query = AdminPageQuery.safeParse(await searchParams)
  const { q, cursor } = query.success ? query.data : { q: '', cursor: null }
  const { items, next } = await DataService.listPeople(admin, { text: q, cursor })
  return (
    <>
      <PageHeading title="People">Where each of them stands. What they own is not shown here.</PageHeading>
      <SearchBox action="/admin/people" label="E-mail address, or an id of ours or a vendor's" text={q} />
      <PeopleList people={items} searched={q !== ''} />
      <OlderLink path="/admin/people" text={q} next={next} />
    </>
  )
}
