'use client'

import clsx from 'clsx'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import useSWR from 'swr'
import { useText } from '#text'
import { type Command, findCommands } from '@/components/shell/palette/commands'
import { Dialog } from '@/components/ui/dialog'
import { INPUT_CLASS } from '@/components/ui/forms/text-input'
import type { LinkedAccountResponse, PageResponse, TransactionResponse } from '@/lib/api/responses'

const DEBOUNCE_MS = 200
const MIN_SEARCH_LENGTH = 2
const SEARCH_LIMIT = 50

/** The commands for a text; accounts and transactions are read from the API. */
function useCommands(typed: string): Command[] {
  const text = useText('shell')
  const [searched, setSearched] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSearched(typed.trim()), DEBOUNCE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  const { data: accounts } = useSWR<{ items: LinkedAccountResponse[] }>('/api/v1/accounts')
  const search = new URLSearchParams({ q: searched, limit: `${SEARCH_LIMIT}` })
  const { data: found } = useSWR<PageResponse<TransactionResponse>>(
    searched.length >= MIN_SEARCH_LENGTH ? `/api/v1/transactions?${search}` : null,
    { keepPreviousData: true }
  )
  return findCommands(typed, { accounts: accounts?.items ?? [], found: found?.items ?? [] }, text)
}

/** Search over pages, actions, accounts and merchants: arrows choose, Enter opens. */
export function CommandDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter()
  const listId = useId()
  const text = useText('shell')
  const [typed, setTyped] = useState('')
  const [position, setPosition] = useState(0)
  const commands = useCommands(typed)
  const active = Math.min(position, commands.length - 1)
  const open = (command: Command | undefined) => {
    if (!command || !navigator.onLine) return
    onClose()
    router.push(command.href)
  }
  const type = (next: string) => {
    setTyped(next)
    setPosition(0)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setPosition((active + step + commands.length) % commands.length)
    else if (event.key === 'Enter') open(commands[active])
    else return
    event.preventDefault()
  }
  return (
    <Dialog title={text('Search or go to')} onClose={onClose}>
      <SearchInput
        typed={typed}
        listId={listId}
        active={active}
        onType={type}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={text('Results')} className="-mx-2 mt-3">
        {commands.map((command, n) => (
          <Option
            key={`${command.group} ${command.href}`}
            id={`${listId}-${n}`}
            command={command}
            active={n === active}
            onOpen={() => open(command)}
          />
        ))}
      </div>
    </Dialog>
  )
}

type SearchInputProps = {
  typed: string
  listId: string
  active: number
  onType: (typed: string) => void
  onKeyDown: (event: KeyboardEvent) => void
}

function SearchInput({ typed, listId, active, onType, onKeyDown }: SearchInputProps) {
  const text = useText('shell')
  const hint = text('Page, account, merchant or action')
  return (
    <input
      type="text"
      role="combobox"
      aria-label={hint}
      aria-expanded
      aria-controls={listId}
      aria-autocomplete="list"
      aria-activedescendant={`${listId}-${active}`}
      placeholder={hint}
      autoComplete="off"
      spellCheck={false}
      maxLength={100}
      value={typed}
      onChange={(event) => onType(event.target.value)}
      onKeyDown={onKeyDown}
      className={clsx(INPUT_CLASS, 'border-line-strong')}
    />
  )
}

type OptionProps = { id: string; command: Command; active: boolean; onOpen: () => void }

function Option({ id, command: { label, note, group }, active, onOpen }: OptionProps) {
  const text = useText('shell')
  return (
    <button
      type="button"
      ref={(element) => {
        if (active) element?.scrollIntoView({ block: 'nearest' })
      }}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      onClick={onOpen}
      className={clsx(
        'flex min-h-11 w-full cursor-pointer items-center justify-between gap-4 rounded-control px-3 py-2 text-left hover:bg-sunken',
        active && 'bg-accent-soft'
      )}
    >
      <span className="min-w-0">
        <span className="block truncate">{label}</span>
        {note && <span className="block truncate text-muted text-sm">{note}</span>}
      </span>
      <span className="shrink-0 text-muted text-sm">{text(group)}</span>
    </button>
  )
}
