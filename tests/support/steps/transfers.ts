import { DataService } from '@/lib/services'
import type { FundedUser } from '@/tests/support/funding'
import type { World } from '@/tests/support/world'

/** Reads a transfer and advances Jiko's clock. */
export function transferHelpers(world: () => World) {
  const DAY = 24 * 3_600_000
  const read = ({ user }: FundedUser, id: string) => DataService.getTransfer(user, id)
  /** Advances Jiko's clock by days; its webhooks arrive and are processed. */
  const pass = async (days: number) => {
    await world().control('jiko', '/clock', { advance: days * DAY })
    await world().control('jiko', '/ledger')
    await world().settle()
  }
  return { DAY, read, pass }
}
