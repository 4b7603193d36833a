import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'

type Props = {
  id: string
  title: string
  note?: ReactNode
  action?: ReactNode
  children: ReactNode
}

/** A dashboard section: heading, note and content. */
export function Section({ id, title, note, action, children }: Props) {
  return (
    <Card labelledBy={id} className="overflow-hidden">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1 px-5 pt-4 pb-3 sm:px-6">
        <div className="min-w-0">
          <h2 id={id} className="font-semibold text-lg tracking-[-0.01em]">
            {title}
          </h2>
          {note && <p className="text-muted text-sm">{note}</p>}
        </div>
        {action}
      </div>
      {children}
    </Card>
  )
}

/** Text of an empty section. */
export const EmptyText = ({ children }: { children: ReactNode }) => (
  <p className="border-line border-t px-5 py-8 text-muted text-sm sm:px-6">{children}</p>
)
