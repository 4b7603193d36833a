'use client'

import clsx from 'clsx'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { CategoryIcon } from '@/components/transactions/category-icon'
import type { OptimisticEdit } from '@/components/transactions/edit/edit-form'
import { useCategories } from '@/components/transactions/edit/own-categories'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TextInput } from '@/components/ui/forms/text-input'
import { Notice } from '@/components/ui/notice'
import type { TransactionResponse } from '@/lib/api/responses'
import {
  OWN_CATEGORY_LENGTH,
  ownCategory,
  UNCATEGORIZED
} from '@/lib/domain/transactions/categories'
import { categoryLabel } from '@/lib/domain/transactions/category-labels'
import { transactionName } from '@/lib/domain/transactions/readable-name'

type Props = {
  row: TransactionResponse
  onClose: () => void
  onChange: OptimisticEdit
}

/** Chooses the category of one transaction: one press saves it and closes the dialog. */
export function CategoryPicker({ row, onClose, onChange }: Props) {
  const text = useText('transactions')
  const categories = useCategories(row.category)
  const { busy, failure, mutate } = useMutation(async (category: string) => {
    const rollback = onChange(row.id, { category })
    try {
      await apiSend(`/api/v1/transactions/${row.id}`, { category }, 'PATCH')
      onClose()
    } catch (thrown) {
      rollback()
      throw thrown
    }
  })
  const choose = (category: string) => void mutate(category)
  return (
    <Dialog title={text('Category of {name}', { name: transactionName(row) })} onClose={onClose}>
      {failure && (
        <Notice tone="bad" live className="mt-4">
          {failure}
        </Notice>
      )}
      <ul className="mt-4 grid grid-cols-2 gap-1">
        {[...categories, UNCATEGORIZED].map((category) => (
          <li key={category}>
            <CategoryChoice
              category={category}
              selected={category === (row.category ?? UNCATEGORIZED)}
              disabled={busy}
              onChoose={choose}
            />
          </li>
        ))}
      </ul>
      <NewCategory busy={busy} onChoose={choose} />
    </Dialog>
  )
}

type ChoiceProps = {
  category: string
  selected: boolean
  disabled: boolean
  onChoose: (category: string) => void
}

function CategoryChoice({ category, selected, disabled, onChoose }: ChoiceProps) {
  const text = useText('transactions')
  return (
    <button
      type="button"
      disabled={disabled}
      aria-current={selected}
      onClick={() => onChoose(category)}
      className={clsx(
        'flex min-h-11 w-full items-center gap-2.5 rounded-control px-2.5 py-1.5 text-left text-[0.9375rem] leading-5 hover:bg-sunken',
        selected && 'bg-accent-soft font-medium'
      )}
    >
      <CategoryIcon category={category === UNCATEGORIZED ? null : category} />
      <span className="min-w-0 break-words">{categoryLabel(category, text)}</span>
      {selected && <Check aria-hidden="true" className="ml-auto size-4 shrink-0 text-accent" />}
    </button>
  )
}

const focusField = (form: HTMLFormElement | null) => form?.querySelector('input')?.focus()

type NewCategoryProps = { busy: boolean; onChoose: (category: string) => void }

function NewCategory({ busy, onChoose }: NewCategoryProps) {
  const text = useText('transactions')
  const [name, setName] = useState<string | null>(null)
  if (name === null)
    return (
      <Button variant="bare" className="mt-3" onClick={() => setName('')}>
        {text('New category')}
      </Button>
    )
  return (
    <form
      ref={focusField}
      noValidate
      className="mt-4 space-y-4 border-line border-t pt-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) onChoose(ownCategory(name.trim().slice(0, OWN_CATEGORY_LENGTH)))
      }}
    >
      <TextInput
        name="new-category"
        label={text('Name of the new category')}
        value={name}
        onChange={setName}
        hint={text('It counts as spending and stays in the list while a transaction uses it.')}
      />
      <Button type="submit" busy={busy}>
        {text('Add and choose')}
      </Button>
    </form>
  )
}
