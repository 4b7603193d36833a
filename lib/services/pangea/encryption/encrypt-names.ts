import 'server-only'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'

/** Small, so that no statement holds rows for long while users work. */
const BATCH = 200

/** Encrypts the plain names that earlier versions stored. @throws IntegrationError. */
export async function encryptNames({ batch = BATCH }: { batch?: number } = {}): Promise<void> {
  let count = 0
  for (let more = true; more; ) {
    const changed = await DataService.encryptAssetNames({ limit: batch })
    count += changed
    more = changed === batch
  }
  if (count > 0) log.info('encryption.names_encrypted', { count })
}
