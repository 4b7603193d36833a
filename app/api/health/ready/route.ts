import { answer, handle } from '@/app/api/handle'
import { vendorHealth } from '@/lib/platform/metrics'
import { DataService } from '@/lib/services'

/** Ready when the storage takes writes. Vendors and encryption keys are reported but do not decide: no restart mends them. */
export const GET = handle(async () => {
  const storage = await DataService.checkStorage()
  const encryption = storage === 'up' ? await DataService.checkEncryption().catch(() => null) : null
  const vendors = Object.fromEntries(Object.entries(vendorHealth()).map(([name, { state }]) => [name, state]))
  return answer({ ok: storage === 'up', storage, encryption, vendors }, storage === 'up' ? 200 : 503)
})
