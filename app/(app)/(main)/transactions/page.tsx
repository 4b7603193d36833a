import type { Metadata } from 'next'
import { requirePerson } from '@/app/session'
import { toWireAccount, toWireTransaction } from '@/app/wire'
import { TransactionList } from '@/components/transactions/transaction-list'
import { PageHeading } from '@/components/ui/card'
import { DataService } from '@/lib/services'

export const metadata: Metadata = { title: 'Transactions' }

export default async function TransactionsPage({ searchParams }: { searchParams: Promise<{ account?: string | string[] }> }) {
  const person = await requirePerson('/transactions')
  const wanted = (await searchParams).account
  const accounts = (await DataService.listAccounts(person)).map(toWireAccount)
  const account = accounts.find(({ id }) => id === wanted)?.id
  const page = await DataService.listTransactions(person, { limit: 50, ...(account ? { account } : {}) })
  return (
    <>
      <PageHeading title="Transactions" />
      <TransactionList
        key={account ?? 'all'}
        accounts={accounts}
        account={account ?? null}
        initial={{ items: page.items.map(toWireTransaction), next: page.next }}
      />
    </>
  )
}
