import Link from 'next/link'
import type { ReactNode } from 'react'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'

/** A titled list with a text for the empty state. */
export function ListCard({
  id,
  title,
  empty,
  children,
  count
}: {
  id: string
  title: string
  empty: string
  children: ReactNode
  count: number
}) {
  return (
    <Card labelledBy={id} className="overflow-hidden">
      <h2 id={id} className="border-line border-b px-5 py-3.5 font-medium">
        {title}
      </h2>
      {count > 0 ? (
        <ul className="divide-y divide-line">{children}</ul>
      ) : (
        <p className="px-5 py-4 text-[0.9375rem] text-muted">{empty}</p>
      )}
    </Card>
  )
}

/** One entry: title, status and actions. */
export function ListItem({
  title,
  detail,
  state,
  children
}: {
  title: ReactNode
  detail?: ReactNode
  state?: ReactNode
  children?: ReactNode
}) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 px-5 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="break-words font-medium text-[0.9375rem] leading-6">{title}</p>
        {detail && <p className="break-words text-muted text-sm leading-6">{detail}</p>}
      </div>
      {state && <p className="text-sm leading-6">{state}</p>}
      {children}
    </li>
  )
}

/** Monospace, so that 0 and O differ when ids are copied. */
export const InlineCode = ({ children }: { children: ReactNode }) => (
  <code className="break-all font-mono text-[0.8125rem]">{children}</code>
)

/** Joins the parts that are present. */
export const joinParts = (...parts: (string | number | null | undefined | false)[]): string =>
  parts.filter(Boolean).join(' · ')

/** Link to the next page, if there is one. */
export function OlderLink({
  path,
  text,
  next
}: {
  path: string
  text: string
  next: string | null
}) {
  if (!next) return null
  return (
    <ButtonLink
      variant="quiet"
      href={`${path}?${new URLSearchParams({ q: text, cursor: next })}`}
      className="mt-5"
    >
      Older
    </ButtonLink>
  )
}

/** Link to the admin page of a user. */
export const UserLink = ({ userId }: { userId: string }) => (
  <Link href={`/admin/users/${userId}`} className="text-accent underline underline-offset-2">
    User
  </Link>
)

/** Labeled ids, to copy into a message to a vendor's support. */
export function IdList({ ids }: { ids: Record<string, string | null> }) {
  return Object.entries(ids).map(
    ([label, id]) =>
      id && (
        <span key={label} className="block">
          {label} <InlineCode>{id}</InlineCode>
        </span>
      )
  )
}
