import { answer, handleAdmin, readQuery } from '@/app/api/handle'
import { AdminPageQuery } from '@/lib/api/admin'
import { DataService } from '@/lib/services'

export const GET = handleAdmin(async (admin, request) => {
  const { q, cursor } = readQuery(request, AdminPageQuery)
  return answer(await DataService.listAudit(admin, { text: q, cursor }))
})
