import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { requireUser } from '@/app/_lib/session'
import type { AdminActor } from '@/lib/domain/users/actor'
import { isRequestError } from '@/lib/platform/errors'
import { logSecurityEvent } from '@/lib/platform/security-log'
import { AuthService } from '@/lib/services'

/**
 * The admin; null without a second factor verified in this session. Responds 404 to everyone else.
 * Checked with Clerk once per request.
 */
export const findAdmin = cache(async (path: string): Promise<AdminActor | null> => {
  const user = await requireUser(path)
  const about = {
    method: 'GET',
    path,
    headers: new Headers(await headers()),
    userId: user.userId
  }
  try {
    const admin = await AuthService.requireAdmin(user)
    logSecurityEvent('admin-read', about)
    return admin
  } catch (thrown) {
    if (!isRequestError(thrown)) throw thrown
    if (thrown.code === 'forbidden' || thrown.code === 'reverification_required') return null
    logSecurityEvent('admin-access-refused', { ...about, rule: thrown.rule })
    notFound()
  }
})
