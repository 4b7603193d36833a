import { NAV_LINKS } from '@/components/shell/nav-links'
import type { LinkedAccountResponse, TransactionResponse } from '@/lib/api/responses'
import type { Text, TextKey } from '@/lib/domain/text/text'
import { transactionName } from '@/lib/domain/transactions/readable-name'
import { transactionsHref } from '@/lib/domain/transactions/transaction-filter'

export type Command = {
  group: 'Pages' | 'Actions' | 'Accounts' | 'Merchants'
  label: string
  /** More words that find it. */
  note?: string
  href: string
}

const MAX_MERCHANTS = 5
const MAX_ACCOUNTS = 8

type Entry = {
  group: Command['group']
  label: TextKey<'shell'>
  note?: TextKey<'shell'>
  href: string
}

const PAGES: readonly Entry[] = [
  ...NAV_LINKS.map(({ href, label }): Entry => ({ group: 'Pages', label, href })),
  { group: 'Pages', label: 'Messages', note: 'Inbox', href: '/messages' },
  { group: 'Pages', label: 'Rules', note: 'Transactions', href: '/transactions/rules' },
  { group: 'Pages', label: 'Settings', note: 'Profile and security', href: '/settings' },
  { group: 'Pages', label: 'Your data', note: 'Download or delete', href: '/settings/data' },
  { group: 'Pages', label: 'Help', href: '/help' }
]

const ACTIONS: readonly Entry[] = [
  { group: 'Actions', label: 'Add a bank', note: 'Link an account', href: '/connections#add-bank' },
  {
    group: 'Actions',
    label: 'Add or withdraw money',
    note: 'Transfer',
    href: '/account#move-money'
  },
  { group: 'Actions', label: 'New rule', note: 'Transactions', href: '/transactions/rules#new' }
]

const matches = ({ label, note = '' }: Command, words: readonly string[]): boolean => {
  const searched = `${label} ${note}`.toLowerCase()
  return words.every((word) => searched.includes(word))
}

const accountCommand = ({ id, name, mask, institutionName }: LinkedAccountResponse): Command => ({
  group: 'Accounts',
  label: mask ? `${name} •••• ${mask}` : name,
  note: institutionName,
  href: transactionsHref({ account: id })
})

/** The merchants of the transactions that a search found, each once. */
function merchantCommands(found: readonly TransactionResponse[]): Command[] {
  const byName = new Map(
    found.map((row) => [(row.merchantName ?? row.name).toLowerCase(), transactionName(row)])
  )
  return [...byName].map(([merchant, label]) => ({
    group: 'Merchants',
    label,
    href: transactionsHref({ merchant })
  }))
}

type Sources = {
  accounts: readonly LinkedAccountResponse[]
  /** Transactions that the typed text found. */
  found: readonly TransactionResponse[]
}

/** The commands that match the typed text, group by group; all pages and actions without one. */
export function findCommands(
  typed: string,
  { accounts, found }: Sources,
  text: Text<'shell'>
): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const translated = ({ label, note, ...more }: Entry): Command => ({
    ...more,
    label: text(label),
    ...(note ? { note: text(note) } : {})
  })
  const pages = PAGES.map(translated)
  const actions = ACTIONS.map(translated)
  const matching = (commands: readonly Command[]) => commands.filter((one) => matches(one, words))
  if (words.length === 0) return [...pages, ...actions]
  return [
    ...matching(pages),
    ...matching(actions),
    ...matching(accounts.map(accountCommand)).slice(0, MAX_ACCOUNTS),
    ...matching(merchantCommands(found)).slice(0, MAX_MERCHANTS),
    {
      group: 'Actions',
      label: text('Search transactions for “{typed}”', { typed: typed.trim() }),
      href: transactionsHref({ q: typed.trim() })
    }
  ]
}
