import type { Metadata } from 'next'
import Link from 'next/link'
import { serializeAccount } from '@/app/_lib/serializers/resources'
import { requireUser } from '@/app/_lib/session'
import { getText, Texts } from '@/app/_lib/text'
import { OwnCategories } from '@/components/transactions/edit/own-categories'
import { RuleList } from '@/components/transactions/rules/rule-list'
import { PageHeading } from '@/components/ui/card'
import { parseRuleDraft } from '@/lib/api/transaction-edits'
import { DataService } from '@/lib/services'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('transactions')
  return { title: text('Rules') }
}

export default async function RulesPage({
  searchParams
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const user = await requireUser('/transactions/rules')
  const text = await getText('transactions')
  const [items, accounts, categories, search] = await Promise.all([
    DataService.listRules(user),
    DataService.listAccounts(user),
    DataService.listOwnCategories(user),
    searchParams
  ])
  return (
    <Texts areas={['transactions']}>
      <OwnCategories categories={categories}>
        <Link
          href="/transactions"
          className="inline-flex min-h-6 items-center text-accent text-sm underline-offset-2 hover:underline"
        >
          {text('Transactions')}
        </Link>
        <PageHeading title={text('Rules')}>
          {text(
            'Rules apply to existing and new transactions. Changes you make to a single transaction always win.'
          )}
        </PageHeading>
        <RuleList
          initial={{ items, next: null }}
          accounts={accounts.map(serializeAccount)}
          draft={parseRuleDraft(search)}
        />
      </OwnCategories>
    </Texts>
  )
}
