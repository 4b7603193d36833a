import { after } from 'next/server'
import { answer, handleAdmin, readInput } from '@/app/api/handle'
import { RetryInput } from '@/lib/api/admin'
import { DataService, PangeaService } from '@/lib/services'

export const GET = handleAdmin(async (admin) => answer({ items: await DataService.listTroubledWork(admin) }))

export const POST = handleAdmin(async (admin, request) => {
  await PangeaService.retryWork(admin, await readInput(request, RetryInput))
  after(PangeaService.nudgeDrain)
  return answer({ waiting: true })
})
