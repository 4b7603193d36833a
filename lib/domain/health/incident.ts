import type { AnomalyKind, Cause } from '@/lib/domain/health/anomalies'

/** An institution or a vendor that has problems now. */
export type Incident = {
  service: string
  /** null for a vendor as a whole. */
  institutionId: string | null
  name: string | null
  kind: AnomalyKind
  cause: Cause
  /** When it began, to the minute. */
  since: string
}
