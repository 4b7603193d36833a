import { randomUUID } from 'node:crypto'
import { route } from '@/app/_lib/route'
import { pageOf } from '@/lib/api/responses'
import { NewRuleInput, RuleResponse, SavedRuleResponse } from '@/lib/api/transaction-edits'
import { DataService } from '@/lib/services'

export const GET = route(
  { auth: 'user', limit: 'read', response: pageOf(RuleResponse) },
  async ({ actor }) => ({
    items: await DataService.listRules(actor),
    next: null
  })
)

export const POST = route(
  { auth: 'user', limit: 'rules.change', body: NewRuleInput, response: SavedRuleResponse },
  async ({ actor, body: { id = randomUUID(), ...rule } }) =>
    DataService.saveRule(actor, { id, isNew: true }, rule)
)
