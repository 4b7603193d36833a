import { route } from '@/app/_lib/route'
import { pageOf } from '@/lib/api/responses'
import { NewRuleInput, RuleResponse, SavedRuleResponse } from '@/lib/api/transaction-edits'
import { DataService } from '@/lib/services'

export const GET = route(
  {
    summary: 'Rules that change new and old transactions.',
    auth: 'user',
    limit: 'read',
    response: pageOf(RuleResponse)
  },
  async ({ actor }) => ({
    items: await DataService.listRules(actor),
    next: null
  })
)

export const POST = route(
  {
    summary: 'Add a rule and apply it.',
    auth: 'user',
    limit: 'rules.change',
    body: NewRuleInput,
    errors: ['not_found'],
    response: SavedRuleResponse
  },
  async ({ actor, creationId, body: { id = creationId, ...rule } }) =>
    DataService.saveRule(actor, { id, isNew: true }, rule)
)
