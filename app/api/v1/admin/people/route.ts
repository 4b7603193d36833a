import { answer, handleAdmin, readQuery } from '@/app/api/handle'
import { PeopleQuery } from '@/lib/api/admin'
import { DataService } from '@/lib/services'

export const GET = handleAdmin(async (admin, request) => answer({ items: await DataService.listPeople(admin, { text: readQuery(request, PeopleQuery).q }) }))
