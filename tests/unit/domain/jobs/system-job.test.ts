import { expect, test } from 'vitest'
import { SYSTEM_JOB_KINDS, SYSTEM_JOBS } from '@/lib/domain/jobs/system-job'

test('the audit log is sealed every half minute and checked daily, and old texts are encrypted daily', () => {
  expect(SYSTEM_JOBS).toEqual({
    seal_audit: 30_000,
    check_audit: 86_400_000,
    encrypt_names: 86_400_000,
    tell_waiting_users: 600_000
  })
  expect(SYSTEM_JOB_KINDS).toEqual([
    'seal_audit',
    'check_audit',
    'encrypt_names',
    'tell_waiting_users'
  ])
})
