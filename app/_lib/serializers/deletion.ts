import type { DeletionResponse } from '@/lib/api/responses'
import { type DeletionProgress, stepStates } from '@/lib/domain/users/deletion'

export function serializeDeletion(deletion: DeletionProgress): DeletionResponse {
  const { id, status, service, code, runAt, requestedAt, finishedAt, doneAt } = deletion
  return {
    id,
    status,
    steps: stepStates(deletion).map(({ step, state }) => ({ step, state, doneAt: doneAt[step] })),
    waiting: status === 'pending' && code ? { service, code, until: runAt } : null,
    requestedAt,
    finishedAt
  }
}
