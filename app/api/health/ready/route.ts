import { answer, handle } from '@/app/api/handle'
import { vendorHealth } from '@/lib/platform/metrics'
import { DataService } from '@/lib/services'

/** Ready when the storage answers. Vendors are told about but do not decide: a bank's trouble is no reason to restart us. */
export const GET = handle(async () => {
  const storage = await DataService.pingStorage()
  const vendors = Object.fromEntries(Object.entries(vendorHealth()).map(([name, { state }]) => [name, state]))
  return answer({ ok: storage, storage: storage ? 'up' : 'down', vendors }, storage ? 200 : 503)
})
