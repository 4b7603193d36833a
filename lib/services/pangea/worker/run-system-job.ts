import 'server-only'
import { SYSTEM_JOBS, type SystemJobKind } from '@/lib/domain/jobs/system-job'
import * as DataService from '@/lib/services/data'
import { checkAudit } from '@/lib/services/pangea/audit/check-audit'
import { sealAudit } from '@/lib/services/pangea/audit/seal-audit'
import { encryptNames } from '@/lib/services/pangea/encryption/encrypt-names'
import { tellWaitingUsers } from '@/lib/services/pangea/messages/tell-waiting'
import { runJob } from '@/lib/services/pangea/worker/run-job'

const WORK: Record<SystemJobKind, () => Promise<unknown>> = {
  seal_audit: sealAudit,
  check_audit: checkAudit,
  encrypt_names: encryptNames,
  tell_waiting_users: tellWaitingUsers
}

/** Runs a job of the app itself and makes it due again. */
export const runSystemJob = (job: DataService.SystemJob): Promise<boolean> =>
  runJob(job, {
    about: { type: job.what },
    work: async () => {
      await WORK[job.what]()
      await DataService.repeatJob(job, { inMs: SYSTEM_JOBS[job.what] })
    }
  })
