import { route } from '@/app/_lib/route'
import { toWireBankTransaction } from '@/app/wire-account'
import { AccountPageQuery, WireBankTransaction } from '@/lib/api/account'
import { pageOf } from '@/lib/api/answers'
import { PangeaService } from '@/lib/services'

export const GET = route(
  { auth: 'user', query: AccountPageQuery, response: pageOf(WireBankTransaction) },
  async ({ actor, query }) => {
    const { items, next } = await PangeaService.listAccountTransactions(actor, query)
    return { items: items.map(toWireBankTransaction), next }
  }
)
