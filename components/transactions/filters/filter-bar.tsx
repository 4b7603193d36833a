'use client'

import clsx from 'clsx'
import { SlidersHorizontal, X } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useId } from 'react'
import { useText } from '#text'
import { useCategories } from '@/components/transactions/edit/own-categories'
import { activeFilters } from '@/components/transactions/filters/active-filters'
import {
  FILTER_INPUT_CLASS,
  FilterInput,
  PHONE_LABEL_CLASS,
  SearchField
} from '@/components/transactions/filters/filter-inputs'
import { useFilter } from '@/components/transactions/filters/use-filter'
import { useFormatting } from '@/components/ui/formatting'
import type { LinkedAccountResponse } from '@/lib/api/responses'
import type { TextKey } from '@/lib/domain/text/text'
import { UNCATEGORIZED } from '@/lib/domain/transactions/categories'
import { categoryLabel } from '@/lib/domain/transactions/category-labels'
import {
  isFiltered,
  type TransactionFilter,
  type TransactionSort
} from '@/lib/domain/transactions/transaction-filter'

type Props = {
  accounts: LinkedAccountResponse[]
  tags: readonly string[]
  filter: TransactionFilter
  sort: TransactionSort
  /** Actions of the page that have no room beside its heading on a phone. */
  children?: ReactNode
}

/** The filter is in the URL, so that links and reloads show the same list. */
export function FilterBar({ accounts, tags, filter, sort, children }: Props) {
  const text = useText('transactions')
  const { locale, date } = useFormatting()
  const { busy, set, hrefWithout } = useFilter(filter, sort)
  const active = activeFilters(filter, accounts, { text, locale, date })
  const hiddenFilterCount = active.filter(({ key }) => key !== 'q' && key !== 'account').length
  return (
    <search className="mt-4 block sm:mt-6">
      <div className="grid grid-cols-2 gap-2 sm:gap-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,20rem)]">
        <SearchField value={filter.q ?? ''} busy={busy} onChange={(q) => set({ q })} />
        <FilterSelect
          label={text('Account')}
          labelClass={PHONE_LABEL_CLASS}
          value={filter.account ?? ''}
          onChange={(account) => set({ account })}
        >
          <option value="">{text('All accounts')}</option>
          {accounts.map(({ id, name, institutionName, mask }) => (
            <option
              key={id}
              value={id}
            >{`${institutionName}: ${name}${mask ? ` •••• ${mask}` : ''}`}</option>
          ))}
        </FilterSelect>
      </div>
      <details className="mt-3 rounded-card border border-line bg-surface">
        <MoreFiltersSummary hidden={hiddenFilterCount} />
        <MoreFilters filter={filter} sort={sort} tags={tags} set={set} />
        {children && <div className="px-4 pb-4 sm:hidden">{children}</div>}
      </details>
      {isFiltered(filter) && <ActiveFilters active={active} hrefWithout={hrefWithout} />}
    </search>
  )
}

function MoreFiltersSummary({ hidden }: { hidden: number }) {
  const text = useText('transactions')
  return (
    <summary className="flex min-h-11 list-none items-center gap-2 px-4 font-medium text-[0.9375rem] focus-visible:-outline-offset-3 [&::-webkit-details-marker]:hidden">
      <SlidersHorizontal aria-hidden="true" className="size-4 text-muted" />
      {text('Filters and order')}
      {hidden > 0 && (
        <span className="rounded-full bg-accent-soft px-2 text-accent text-sm tabular-nums">
          {hidden}
        </span>
      )}
    </summary>
  )
}

type ActiveFiltersProps = {
  active: ReturnType<typeof activeFilters>
  hrefWithout: ReturnType<typeof useFilter>['hrefWithout']
}

function ActiveFilters({ active, hrefWithout }: ActiveFiltersProps) {
  const text = useText('transactions')
  return (
    <ul aria-label={text('Active filters')} className="mt-3 flex flex-wrap items-center gap-2">
      {active.map(({ key, label }) => (
        <li key={key}>
          <Link
            href={hrefWithout(key)}
            scroll={false}
            prefetch={false}
            className="inline-flex min-h-8 items-center gap-1.5 rounded-full bg-accent-soft px-3 text-accent text-sm"
          >
            {text.rich('<hidden>Remove filter: </hidden>{filter}', {
              filter: label,
              hidden: (part) => (
                <span key="hidden" className="sr-only">
                  {part}
                </span>
              )
            })}
            <X aria-hidden="true" className="size-3.5" />
          </Link>
        </li>
      ))}
      <li>
        <Link
          href="/transactions"
          scroll={false}
          prefetch={false}
          className="inline-flex min-h-8 items-center px-2 font-medium text-accent text-sm underline underline-offset-2"
        >
          {text('Clear all')}
        </Link>
      </li>
    </ul>
  )
}

type SetFilter = (change: Partial<Record<keyof TransactionFilter | 'sort', string>>) => void

type MoreFiltersProps = Omit<Props, 'accounts' | 'children'> & { set: SetFilter }

function MoreFilters({ filter, sort, tags, set }: MoreFiltersProps) {
  const text = useText('transactions')
  return (
    <div className="grid grid-cols-2 gap-4 border-line border-t p-4 lg:grid-cols-4">
      <CategorySelect filter={filter} set={set} />
      <FilterSelect
        label={text('Counts as')}
        value={filter.kind ?? ''}
        onChange={(kind) => set({ kind })}
      >
        <Options of={KIND_OPTIONS} />
      </FilterSelect>
      <FilterSelect
        label={text('Direction')}
        value={filter.flow ?? ''}
        onChange={(flow) => set({ flow })}
      >
        <Options of={FLOW_OPTIONS} />
      </FilterSelect>
      <FilterSelect
        label={text('State')}
        value={filter.pending ?? ''}
        onChange={(pending) => set({ pending })}
      >
        <Options of={STATE_OPTIONS} />
      </FilterSelect>
      <RangeInputs filter={filter} set={set} />
      <TagSelect filter={filter} tags={tags} set={set} />
      <FilterSelect label={text('Order')} value={sort} onChange={(order) => set({ sort: order })}>
        <Options of={SORT_OPTIONS} />
      </FilterSelect>
    </div>
  )
}

function TagSelect({ filter, tags, set }: Pick<MoreFiltersProps, 'filter' | 'tags' | 'set'>) {
  const text = useText('transactions')
  const known = [...new Set([...tags, ...(filter.tag ? [filter.tag] : [])])]
  if (known.length === 0) return null
  return (
    <FilterSelect label={text('Tag')} value={filter.tag ?? ''} onChange={(tag) => set({ tag })}>
      <option value="">{text('Any')}</option>
      {known.map((tag) => (
        <option key={tag} value={tag}>
          {tag}
        </option>
      ))}
    </FilterSelect>
  )
}

type OptionLabels<Value extends string = string> = Record<Value, TextKey<'transactions'>>

const KIND_OPTIONS: OptionLabels = {
  '': 'Anything',
  spending: 'Spending',
  income: 'Income',
  transfer: 'Transfer',
  excluded: 'Excluded'
}
const FLOW_OPTIONS: OptionLabels = { '': 'In and out', in: 'Money in', out: 'Money out' }
const STATE_OPTIONS: OptionLabels = { '': 'Any', yes: 'Pending', no: 'Settled' }
const SORT_OPTIONS: OptionLabels<TransactionSort> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  largest: 'Largest first',
  smallest: 'Smallest first'
}

function Options({ of }: { of: OptionLabels }) {
  const text = useText('transactions')
  return Object.entries(of).map(([value, label]) => (
    <option key={value} value={value}>
      {text(label)}
    </option>
  ))
}

/** A category of a vendor that is unknown to us stays selectable while it is filtered by. */
function CategorySelect({ filter, set }: Pick<MoreFiltersProps, 'filter' | 'set'>) {
  const text = useText('transactions')
  const filtered = filter.category === UNCATEGORIZED ? null : filter.category
  const categories = [...useCategories(filtered ?? null), UNCATEGORIZED]
  return (
    <FilterSelect
      label={text('Category')}
      value={filter.category ?? ''}
      onChange={(category) => set({ category })}
    >
      <option value="">{text('Any')}</option>
      {categories.map((one) => (
        <option key={one} value={one}>
          {categoryLabel(one, text)}
        </option>
      ))}
    </FilterSelect>
  )
}

function RangeInputs({ filter, set }: Pick<MoreFiltersProps, 'filter' | 'set'>) {
  const text = useText('transactions')
  return (
    <>
      <FilterInput
        label={text('From')}
        type="date"
        value={filter.from ?? ''}
        onChange={(from) => set({ from })}
      />
      <FilterInput
        label={text('To')}
        type="date"
        value={filter.to ?? ''}
        onChange={(to) => set({ to })}
      />
      <FilterInput
        label={text('At least')}
        type="amount"
        value={filter.min ?? ''}
        onChange={(min) => set({ min })}
      />
      <FilterInput
        label={text('At most')}
        type="amount"
        value={filter.max ?? ''}
        onChange={(max) => set({ max })}
      />
    </>
  )
}

function FilterSelect({
  label,
  labelClass,
  value,
  onChange,
  children
}: {
  label: string
  labelClass?: string
  value: string
  onChange: (value: string) => void
  children: ReactNode
}) {
  const id = useId()
  return (
    <div className="min-w-0">
      <label htmlFor={id} className={clsx('font-medium text-[0.9375rem]', labelClass)}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={FILTER_INPUT_CLASS}
      >
        {children}
      </select>
    </div>
  )
}
