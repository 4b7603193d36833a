import clsx from 'clsx'

const BASE_CLASS =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-control px-5 py-2.5 text-center font-medium text-[0.9375rem] leading-6 transition-colors'
const VARIANTS = {
  primary: 'border border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  quiet: 'border border-line-strong/60 bg-surface text-ink hover:bg-sunken',
  bare: 'px-3 text-accent hover:bg-accent-soft'
} as const

export type Variant = keyof typeof VARIANTS

/** The look of a button. Error pages use it alone, to stay small: every page loads them. */
export const buttonClass = (
  variant: Variant = 'primary',
  ...more: (string | false | undefined)[]
) => clsx(BASE_CLASS, VARIANTS[variant], ...more)
