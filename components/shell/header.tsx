import Link from 'next/link'
import type { ReactNode } from 'react'
import { useText } from '#text'
import { UserMenu } from '@/components/shell/user-menu'
import { Wordmark } from '@/components/ui/logo'

/** Header of every signed-in page. */
export function AppHeader({
  home,
  tools,
  children
}: {
  home: string
  tools?: ReactNode
  children?: ReactNode
}) {
  const text = useText('shell')
  return (
    <header className="border-line border-b bg-surface print:hidden">
      <div className="mx-auto flex h-16 max-w-6xl items-center justify-between gap-6 px-5 sm:px-8">
        <div className="flex items-center gap-8">
          <Link href={home} className="inline-flex rounded" aria-label={text('{brand}, home')}>
            <Wordmark />
          </Link>
          {children}
        </div>
        <div className="flex items-center gap-2">
          {tools}
          <UserMenu />
        </div>
      </div>
    </header>
  )
}
