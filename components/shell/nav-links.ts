import { ArrowLeftRight, Landmark, LayoutGrid, type LucideIcon, Wallet } from 'lucide-react'
import type { TextKey } from '@/lib/domain/text/text'

type NavLink = { href: string; label: TextKey<'shell'> }

/** Main navigation, in the order of use. */
export const NAV_LINKS: readonly (NavLink & { icon: LucideIcon })[] = [
  { href: '/dashboard', label: 'Dashboard', icon: LayoutGrid },
  { href: '/transactions', label: 'Transactions', icon: ArrowLeftRight },
  { href: '/connections', label: 'Connections', icon: Landmark },
  { href: '/account', label: 'Account', icon: Wallet }
]

/** Second key after g. */
export const NAV_SHORTCUTS: readonly (NavLink & { key: string })[] = [
  { key: 'd', href: '/dashboard', label: 'Dashboard' },
  { key: 't', href: '/transactions', label: 'Transactions' },
  { key: 'c', href: '/connections', label: 'Connections' },
  { key: 'a', href: '/account', label: 'Account' },
  { key: 's', href: '/settings', label: 'Settings' }
]
