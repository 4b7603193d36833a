import { expect, test } from 'vitest'
import { explainStuck } from '@/lib/domain/onboarding/funnel'

test.each([
  ['address', null, 'The user stopped answering.', 'Remind the user.'],
  ['submitted', null, 'The submission was interrupted.', /Social Security number again/],
  ['submitted', 'SUBMITTED', 'Jiko has not decided.', /Ask Jiko/],
  ['submitted', 'UNKNOWN_TO_US', 'Jiko has not decided.', /Ask Jiko/],
  ['submitted', 'DOCUMENTS_NEEDED', 'Jiko waits for documents of the user.', /upload/],
  [
    'submitted',
    'APPROVED',
    'Jiko approved the application, but the account is not open.',
    /failed job/
  ]
] as const)('an application stuck after %s with status %s', (step, status, reason, nextAction) => {
  const told = explainStuck({ step, status })
  expect(told.reason).toBe(reason)
  expect(told.nextAction).toMatch(nextAction)
})
