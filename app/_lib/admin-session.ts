import { notFound } from 'next/navigation'
import { cache } from 'react'
import { requireUser } from '@/app/_lib/session'
import type { AdminActor } from '@/lib/domain/users/actor'
import { isRequestError } from '@/lib/platform/errors'
import { AuthService } from '@/lib/services'

/**
 * The admin; null without a second factor verified in this session. Responds 404 to everyone else.
 * Checked with Clerk once per request.
 */
export const findAdmin = cache(async (path: string): Promise<AdminActor | null> => {
  const user = await requireUser(path)
  try {
    return await AuthService.requireAdmin(user)
  } catch (thrown) {
    if (!isRequestError(thrown)) throw thrown
    if (thrown.code === 'forbidden' || thrown.code === 'reverification_required') return null
    notFound()
  }
})
