import { Nav } from '@/components/shell/nav'

const ADMIN_LINKS = [
  { href: '/admin', label: 'Overview' },
  { href: '/admin/users', label: 'Users' },
  { href: '/admin/audit', label: 'Audit log' }
] as const

export const AdminNav = () => (
  <Nav label="Administration" links={ADMIN_LINKS} className="mx-auto max-w-6xl px-2 pt-3 sm:px-5" />
)
