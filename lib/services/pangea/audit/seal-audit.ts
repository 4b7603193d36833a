import 'server-only'
import * as DataService from '@/lib/services/data'
import { publishHead } from '@/lib/services/pangea/audit/heads'

/** Small enough for the statement timeout. */
const BATCH = 500

/**
 * Seals the entries written since the last run, in order, and publishes the end of the chain
 * outside of the database. Safe to repeat. @throws IntegrationError.
 */
export async function sealAudit({ batch = BATCH }: { batch?: number } = {}): Promise<void> {
  // The oldest come first: a sealed entry must not be followed by older ones.
  while ((await DataService.moveLegacyEntries({ limit: batch })) === batch);
  while ((await DataService.sealEntries({ limit: batch })) === batch);
  const head = await DataService.findHead()
  if (head) await publishHead(head)
}
