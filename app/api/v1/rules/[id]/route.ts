import { route } from '@/app/_lib/route'
import { ById } from '@/lib/api/params'
import { RuleInput, SavedRuleResponse } from '@/lib/api/transaction-edits'
import { DataService } from '@/lib/services'

export const PUT = route(
  {
    summary: 'Change a rule and apply it.',
    auth: 'user',
    limit: 'rules.change',
    params: ById,
    body: RuleInput,
    response: SavedRuleResponse
  },
  async ({ actor, params, body }) =>
    DataService.saveRule(actor, { id: params.id, isNew: false }, body)
)

export const DELETE = route(
  {
    summary: 'Delete a rule and undo its changes.',
    auth: 'user',
    live: true,
    limit: 'rules.change',
    params: ById,
    response: null
  },
  async ({ actor, params }) => DataService.deleteRule(actor, params.id)
)
