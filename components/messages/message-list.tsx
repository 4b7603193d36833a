'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { useText } from '#text'
import { PagedCard } from '@/components/account/paged-card'
import { apiSend } from '@/components/lib/api'
import { useRefresh } from '@/components/lib/use-refresh'
import { Amount } from '@/components/ui/amount'
import { DateTime } from '@/components/ui/formatting'
import type { MessageResponse } from '@/lib/api/messages'

const PATH = '/api/v1/messages'

type NewestMessage = { id: string; read: boolean }

/** The inbox, newest first. New messages count as read once they were shown. */
export function MessageList({ newest }: { newest: NewestMessage | null }) {
  const text = useText('messages')
  return (
    <PagedCard<MessageResponse>
      id="messages"
      title={text('All messages')}
      path={PATH}
      emptyText={text(
        'No messages yet. You hear from us here when money moves, when something about your login changes, or when something needs you.'
      )}
      itemLabel={text('messages')}
      errorTitle={text('Your messages could not be loaded')}
    >
      {(message) => (
        <MessageItem
          key={message.id}
          message={message}
          marksAsRead={message.id === newest?.id && !newest.read}
        />
      )}
    </PagedCard>
  )
}

function MessageItem({ message, marksAsRead }: { message: MessageResponse; marksAsRead: boolean }) {
  useMarkAsRead(message.id, marksAsRead)
  const text = useText('messages')
  const { title, amounts, link, read, over, at } = message
  // Stays marked while the page is open, so that the reader can tell which ones are new.
  const isNew = useRef(!read).current
  return (
    <li className={clsx('px-5 py-4 sm:px-6', isNew && !over && 'bg-accent-soft/60')}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
        <h3 className="font-medium">
          {over ? (
            <span className="mr-2 rounded-full border border-line-strong/60 px-2 py-0.5 align-middle font-medium text-muted text-xs">
              {text('Done')}
            </span>
          ) : (
            isNew && (
              <span className="mr-2 rounded-full bg-accent px-2 py-0.5 align-middle font-medium text-on-accent text-xs">
                {text('New')}
              </span>
            )
          )}
          {title}
        </h3>
        <p className="text-muted text-sm">
          <DateTime at={at} />
        </p>
      </div>
      <p className="mt-1 max-w-prose text-[0.9375rem] text-muted leading-6">{message.text}</p>
      {amounts.length > 0 && (
        <dl className="mt-2 space-y-0.5 text-[0.9375rem]">
          {amounts.map(({ label, amount }) => (
            <div key={`${label} ${amount.currency}`} className="flex flex-wrap gap-x-2">
              <dt className="min-w-0 text-muted wrap-anywhere">{label}</dt>
              <dd className="font-medium">
                <Amount money={amount} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {link && (
        <p className="mt-1">
          <Link
            href={link.href}
            className="-mb-2 inline-flex min-h-11 items-center font-medium text-[0.9375rem] text-accent underline-offset-4 hover:underline"
          >
            {link.label}
            <span className="sr-only">: {title}</span>
          </Link>
        </p>
      )}
    </li>
  )
}

/**
 * Marks a message and all older ones as read, once the list has loaded with what was new. A failure
 * is repeated at the next visit.
 */
function useMarkAsRead(id: string, marks: boolean): void {
  const refresh = useRefresh()
  useEffect(() => {
    if (marks) apiSend(`${PATH}/read`, { upTo: id }).then(refresh, () => {})
  }, [id, marks, refresh])
}
