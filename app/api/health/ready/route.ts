import { route } from '@/app/_lib/route'
import { WireReady } from '@/lib/api/operations'
import { vendorHealth } from '@/lib/platform/metrics'
import { DataService } from '@/lib/services'

/**
 * Ready when the database accepts writes. Reports vendors and encryption keys, which do not decide:
 * no restart repairs them.
 */
export const GET = route({ auth: 'public', response: WireReady }, async ({ reply }) => {
  const storage = await DataService.checkStorage()
  const encryption = storage === 'up' ? await DataService.checkEncryption().catch(() => null) : null
  const vendors = Object.fromEntries(
    Object.entries(vendorHealth()).map(([name, { state }]) => [name, state])
  )
  if (storage !== 'up') reply.status = 503
  return { ok: storage === 'up', storage, encryption, vendors }
})
