import { randomUUID } from 'node:crypto'
import { route } from '@/app/_lib/route'
import { pageOf } from '@/lib/api/responses'
import { NewRuleInput, WireRule, WireStoredRule } from '@/lib/api/transaction-edits'
import { DataService } from '@/lib/services'

export const GET = route({ auth: 'user', response: pageOf(WireRule) }, async ({ actor }) => ({
  items: await DataService.listRules(actor),
  next: null
}))

export const POST = route(
  { auth: 'user', limit: 'rules.change', body: NewRuleInput, response: WireStoredRule },
  async ({ actor, body: { id = randomUUID(), ...rule } }) =>
    DataService.storeRule(actor, { id, isNew: true }, rule)
)
