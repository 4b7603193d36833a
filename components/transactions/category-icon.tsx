import clsx from 'clsx'
import {
  ArrowDownLeft,
  ArrowUpRight,
  Banknote,
  Car,
  CircleDashed,
  Clapperboard,
  Hammer,
  HandCoins,
  HeartPulse,
  House,
  Landmark,
  type LucideIcon,
  Plane,
  Receipt,
  ShoppingBag,
  Sparkles,
  Tag,
  Utensils,
  Wrench
} from 'lucide-react'
import { isOwnCategory } from '@/lib/domain/transactions/categories'
import { initialsOf } from '@/lib/domain/transactions/readable-name'

/** An icon, and one of the tints in theme.css. */
type CategoryStyle = readonly [icon: LucideIcon, tint: number]

const STYLES: Record<string, CategoryStyle> = {
  BANK_FEES: [Receipt, 5],
  ENTERTAINMENT: [Clapperboard, 6],
  FOOD_AND_DRINK: [Utensils, 2],
  GENERAL_MERCHANDISE: [ShoppingBag, 3],
  GENERAL_SERVICES: [Wrench, 5],
  GOVERNMENT_AND_NON_PROFIT: [Landmark, 4],
  HOME_IMPROVEMENT: [Hammer, 8],
  INCOME: [Banknote, 1],
  LOAN_DISBURSEMENTS: [HandCoins, 5],
  LOAN_PAYMENTS: [HandCoins, 5],
  MEDICAL: [HeartPulse, 7],
  PERSONAL_CARE: [Sparkles, 6],
  RENT_AND_UTILITIES: [House, 8],
  TRANSFER_IN: [ArrowDownLeft, 5],
  TRANSFER_OUT: [ArrowUpRight, 5],
  TRANSPORTATION: [Car, 4],
  TRAVEL: [Plane, 3]
}
const OWN: CategoryStyle = [Tag, 7]
const OTHER: CategoryStyle = [CircleDashed, 5]

const styleOf = (category: string | null): CategoryStyle => {
  if (category === null) return OTHER
  return isOwnCategory(category) ? OWN : (STYLES[category] ?? OTHER)
}

const tintStyle = (tint: number) => ({ '--tint': `var(--tint-${tint})` }) as React.CSSProperties

/** The icon of a category in its color. The name stands beside it. */
export function CategoryIcon({
  category,
  className
}: {
  category: string | null
  className?: string
}) {
  const [Icon, tint] = styleOf(category)
  return (
    <Icon
      aria-hidden="true"
      style={tintStyle(tint)}
      className={clsx('size-4 shrink-0 text-(--tint)', className)}
    />
  )
}

/**
 * The initials of a payee in the color of the category. Logos would be loaded from another origin,
 * which the content security policy refuses.
 */
export function PayeeInitials({ name, category }: { name: string; category: string | null }) {
  return (
    <span
      aria-hidden="true"
      style={tintStyle(styleOf(category)[1])}
      className="tinted inline-flex size-9 shrink-0 items-center justify-center rounded-full font-semibold text-[0.8125rem] forced-colors:border"
    >
      {initialsOf(name)}
    </span>
  )
}
