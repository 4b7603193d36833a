import { answer, handleAdmin, readQuery } from '@/app/api/handle'
import { AuditQuery } from '@/lib/api/admin'
import { DataService } from '@/lib/services'

export const GET = handleAdmin(async (admin, request) => {
  const { q, cursor } = readQuery(request, AuditQuery)
  return answer(await DataService.listAudit(admin, { text: q, cursor }))
})
