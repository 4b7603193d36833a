import { ArrowLeftRight, Landmark, LayoutGrid, Wallet } from 'lucide-react'

/** Main navigation, in the order of use. */
export const NAV_LINKS = [
  { href: '/dashboard', label: 'Dashboard', icon: LayoutGrid },
  { href: '/transactions', label: 'Transactions', icon: ArrowLeftRight },
  { href: '/connections', label: 'Connections', icon: Landmark },
  { href: '/account', label: 'Account', icon: Wallet }
] as const

/** Second key after g. */
export const NAV_SHORTCUTS = [
  { key: 'd', href: '/dashboard', label: 'Dashboard' },
  { key: 't', href: '/transactions', label: 'Transactions' },
  { key: 'c', href: '/connections', label: 'Connections' },
  { key: 'a', href: '/account', label: 'Account' },
  { key: 's', href: '/settings', label: 'Settings' }
] as const
