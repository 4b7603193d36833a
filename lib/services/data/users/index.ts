/** The part of DataService about users: who they are, what they chose, and how they leave. */
import 'server-only'

export {
  type ConsentEvidence,
  findConsentEvidence
} from '@/lib/services/data/users/consent-evidence'
export {
  claimDeletion,
  type Deletion,
  findDeletion,
  findErasure,
  findJikoIds,
  findPendingRemoval,
  getDeletion,
  requestDeletion,
  requestItemRemovals,
  saveDeletionStep
} from '@/lib/services/data/users/deletion'
export { deletionPendingError, requireNoDeletion } from '@/lib/services/data/users/deletion-pending'
export { completeDeletion, eraseUser, findErasureBlocker } from '@/lib/services/data/users/erasure'
export { type ExportFile, listExportFiles } from '@/lib/services/data/users/export'
export { findLastSeen, recordLastSeen } from '@/lib/services/data/users/last-seen'
export { getPreferences, savePreferences } from '@/lib/services/data/users/preferences'
export {
  ensureUser,
  findEmail,
  readUserVersions,
  saveSecondFactor,
  saveUserEmail
} from '@/lib/services/data/users/users'
