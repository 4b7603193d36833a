import { answer, handle } from '@/app/api/handle'
import { vendorHealth } from '@/lib/platform/metrics'
import { DataService } from '@/lib/services'

/** Ready when the storage takes writes. Vendors are reported but do not decide: a vendor's trouble is no reason to restart us. */
export const GET = handle(async () => {
  const storage = await DataService.checkStorage()
  const vendors = Object.fromEntries(Object.entries(vendorHealth()).map(([name, { state }]) => [name, state]))
  return answer({ ok: storage === 'up', storage, vendors }, storage === 'up' ? 200 : 503)
})
