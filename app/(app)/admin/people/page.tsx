import type { Metadata } from 'next'
import { findAdmin } from '@/app/admin-session'
import { PeopleList } from '@/components/admin/people-list'
import { SearchBox } from '@/components/admin/search-box'
import { PageHeading } from '@/components/ui/card'
import { PeopleQuery } from '@/lib/api/admin'
import { DataService } from '@/lib/services'

export const metadata: Metadata = { title: 'People' }

export default async function PeoplePage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const admin = await findAdmin('/admin/people')
  if (!admin) return null
  const query = PeopleQuery.safeParse(await searchParams)
  const text = query.success ? query.data.q : ''
  return (
    <>
      <PageHeading title="People">Where each of them stands. What they own is not shown here.</PageHeading>
      <SearchBox action="/admin/people" label="E-mail address, or an id of ours or a vendor's" text={text} />
      <PeopleList people={await DataService.listPeople(admin, { text })} searched={text !== ''} />
    </>
  )
}
