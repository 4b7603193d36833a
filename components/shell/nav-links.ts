import { ArrowLeftRight, Landmark, LayoutGrid, Wallet } from 'lucide-react'

/** The places of the app, in the order people need them. */
export const NAV_LINKS = [
  { href: '/dashboard', label: 'Dashboard', icon: LayoutGrid },
  { href: '/transactions', label: 'Transactions', icon: ArrowLeftRight },
  { href: '/connections', label: 'Connections', icon: Landmark },
  { href: '/account', label: 'Account', icon: Wallet }
] as const
