/** A bank behind a scripted Plaid: a test defines its accounts and rows, however unusual. */
import { createServer } from 'node:http'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import { AccountService, DataService, PangeaService } from '@/lib/services'
import { userActor } from '@/tests/support/actors'
import { resetSingletons } from '@/tests/support/environment'

type Fields = Record<string, unknown>
/** A page of /transactions/sync; omitted lists are empty. */
export type ScriptedPage = { added?: unknown[]; modified?: unknown[]; removed?: string[] }

export const plaidAccount = (account_id: string, { balances, ...more }: Fields = {}): Fields => ({
  account_id,
  name: `Account ${account_id}`,
  official_name: null,
  mask: '0000',
  type: 'depository',
  subtype: 'checking',
  ...more,
  balances: {
    current: 100,
    available: null,
    limit: null,
    iso_currency_code: 'USD',
    unofficial_currency_code: null,
    ...(balances as Fields)
  }
})

export const plaidRow = (transaction_id: string, more: Fields = {}): Fields => ({
  transaction_id,
  account_id: 'chk',
  pending_transaction_id: null,
  amount: 5,
  iso_currency_code: 'USD',
  unofficial_currency_code: null,
  date: '2026-11-02',
  authorized_date: null,
  name: `Row ${transaction_id}`,
  merchant_name: null,
  logo_url: null,
  personal_finance_category: { primary: 'TRAVEL', detailed: 'TRAVEL_OTHER' },
  payment_channel: 'in store',
  pending: false,
  ...more
})

/** The storage must be open: this server replaces Plaid in the environment. */
export async function openScriptedBank() {
  let accounts: unknown[] = []
  let institution = { id: 'ins_scripted', name: 'First Platypus Bank' }
  let syncs: ScriptedPage[][] = []
  const answers: Record<string, (body: Fields) => Fields> = {
    '/accounts/get': () => ({ accounts }),
    '/item/get': () => ({
      item: {
        item_id: 'item',
        institution_id: institution.id,
        institution_name: institution.name,
        webhook: null,
        error: null
      },
      status: null
    }),
    '/institutions/get_by_id': () => ({
      institution: { institution_id: institution.id, name: institution.name }
    }),
    '/transactions/sync': ({ cursor }) => {
      const [sync, n] =
        typeof cursor === 'string' ? (cursor.split('.').map(Number) as [number, number]) : [0, 0]
      const pages = syncs[sync] ?? [{}]
      const { added = [], modified = [], removed = [] } = pages[n] ?? {}
      const more = n + 1 < pages.length
      const next = more ? `${sync}.${n + 1}` : `${sync + 1}.0`
      const gone = removed.map((transaction_id) => ({ transaction_id, account_id: 'chk' }))
      return {
        accounts: [],
        added,
        modified,
        removed: gone,
        next_cursor: next,
        has_more: more,
        transactions_update_status: 'HISTORICAL_UPDATE_COMPLETE'
      }
    }
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const answer = answers[request.url ?? '']?.(
      JSON.parse(Buffer.concat(chunks).toString() || '{}') as Fields
    )
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ request_id: 'scripted', ...answer }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  process.env.PLAID_BASE_URL = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  resetSingletons('env', 'plaid', 'vendors')
  const sync = async (user: UserActor, connectionId: string, asker: UserActor | 'app' = 'app') => {
    await DataService.requestSync(
      asker === 'app' ? systemActor('test') : asker,
      connectionId,
      asker === 'app' ? 'test' : 'person'
    )
    while ((await PangeaService.runDueJobs()) > 0);
    return DataService.getConnection(user, connectionId)
  }
  return {
    sync,
    /** The bank's data from now on. `syncs` are the responses to successive syncs. */
    script: (next: {
      accounts?: unknown[]
      syncs?: ScriptedPage[][]
      institution?: { id: string; name: string }
    }) => {
      accounts = next.accounts ?? accounts
      syncs = next.syncs ?? syncs
      institution = next.institution ?? institution
    },
    /** A new user who links the bank, with every scripted sync. */
    async link(): Promise<{ user: UserActor; connectionId: string }> {
      const id = crypto.randomUUID()
      const user = userActor(`user_${id}`)
      await DataService.ensureUser(user)
      const { connectionId } = await DataService.saveConnection(user, {
        id,
        plaidItemId: `item-${id}`,
        accessToken: `access-sandbox-${id}`,
        publicTokenHash: id,
        linkSessionId: null,
        institution: { id: institution.id, name: 'First Platypus Bank' },
        webhookUrl: 'http://localhost:3000/api/webhooks/plaid',
        accounts: await AccountService.listAccounts(
          { userId: user.userId },
          `access-sandbox-${id}`
        ),
        consentExpiresAt: null
      })
      for (let n = 0; n < Math.max(1, syncs.length); n++) await sync(user, connectionId)
      return { user, connectionId }
    },
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    }
  }
}
