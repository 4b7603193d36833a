import { Settings } from 'lucide-react'
import Link from 'next/link'
import { useText } from '#text'

export function SettingsLink() {
  const text = useText('shell')
  return (
    <Link
      href="/settings"
      className="inline-flex size-11 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink"
    >
      <Settings aria-hidden="true" className="size-5" strokeWidth={1.75} />
      <span className="sr-only">{text('Settings')}</span>
    </Link>
  )
}
