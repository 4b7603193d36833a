import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { completeDraft, SSN } from '@/tests/support/applicant'
import { linkBankThroughLink } from '@/tests/support/connections'
import type { World } from '@/tests/support/world'

export type Ledgers = {
  users: { id: string }[]
  pockets: { id: string; customerId: string; status: string; cents: number }[]
}

/** Users with something to delete at every vendor, and the progress of a deletion. */
export function deletionHelpers(world: () => World) {
  const ledger = async (vendor: 'clerk' | 'jiko') =>
    (await world().control(vendor, '/ledger')) as Ledgers
  const isAtClerk = async ({ userId }: UserActor) =>
    (await ledger('clerk')).users.some(({ id }) => id === userId)
  const progress = (id: string) => DataService.getDeletion(id)
  /** A user with an open account and a linked bank with its history. */
  async function settled() {
    const user = await world().createUser()
    await completeDraft(user)
    await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    await PangeaService.onboardUser(user, {})
    const { itemId } = await linkBankThroughLink(world(), user)
    await world().settle()
    const account = await DataService.findBankAccount(user)
    return {
      user,
      itemId,
      pocket: account?.jikoPocketId ?? '',
      customer: account?.jikoCustomerId ?? ''
    }
  }
  return { ledger, isAtClerk, progress, settled }
}
