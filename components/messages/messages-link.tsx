import { Bell } from 'lucide-react'
import Link from 'next/link'
import { useText } from '#text'

/** Link to the inbox, with the number of unread messages. */
export function MessagesLink({ unread }: { unread: number }) {
  const text = useText('shell')
  return (
    <Link
      href="/messages"
      className="relative inline-flex size-11 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink"
    >
      <Bell aria-hidden="true" className="size-5" strokeWidth={1.75} />
      <span className="sr-only">
        {unread > 0 ? text('Messages, {unread} new', { unread }) : text('Messages')}
      </span>
      {unread > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-1 right-0.5 min-w-4.5 rounded-full bg-accent px-1 text-center font-medium text-[0.6875rem] text-on-accent leading-4.5"
        >
          {unread > 9 ? '9+' : unread}
        </span>
      )}
    </Link>
  )
}
