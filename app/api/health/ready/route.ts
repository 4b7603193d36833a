import { isOperator } from '@/app/_lib/operator'
import { route } from '@/app/_lib/route'
import { WireReady } from '@/lib/api/operations'
import { vendorHealth } from '@/lib/platform/metrics'
import { DataService } from '@/lib/services'

/**
 * Ready when the database accepts writes. The operator also sees why not, and the state of vendors
 * and encryption keys, which do not decide: no restart repairs them.
 */
export const GET = route({ auth: 'public', response: WireReady }, async ({ request, reply }) => {
  const storage = await DataService.checkStorage()
  const ok = storage === 'up'
  if (!ok) reply.status = 503
  if (!isOperator(request)) return { ok }
  const encryption = ok ? await DataService.checkEncryption().catch(() => null) : null
  const vendors = Object.fromEntries(
    Object.entries(vendorHealth()).map(([name, { state }]) => [name, state])
  )
  return { ok, storage, encryption, vendors }
})
