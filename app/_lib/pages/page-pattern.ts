/** Every page of the app, as metrics and traces name it: no id of a path becomes a label. */
const PAGES = [
  '/',
  '/accessibility',
  '/account',
  '/admin',
  '/admin/audit',
  '/admin/users',
  '/admin/users/[id]',
  '/connections',
  '/connections/return',
  '/contact',
  '/dashboard',
  '/deletion/[id]',
  '/docs',
  '/esign',
  '/fees',
  '/help',
  '/lock',
  '/messages',
  '/onboarding',
  '/onboarding/[step]',
  '/onboarding/ineligible',
  '/privacy',
  '/security',
  '/settings/[[...settings]]',
  '/settings/data',
  '/sign-in/[[...sign-in]]',
  '/sign-up/[[...sign-up]]',
  '/status',
  '/terms',
  '/transactions',
  '/transactions/rules'
] as const

type PagePattern = (typeof PAGES)[number]

const PLAIN = new Set<string>(PAGES.filter((page) => !page.includes('[')))

/** Patterns with parameters. An optional one may be absent together with its slash. */
const WITH_PARAMETERS = PAGES.filter((page) => page.includes('[')).map((page) => ({
  page,
  pattern: new RegExp(
    `^${page.replace(/\/\[\[\.{3}[^/]+\]\]/, '(?:/.+)?').replace(/\[[^/]+\]/, '[^/]+')}$`
  )
}))

/** @returns the page at this path, as its folder is called; null where there is no page. */
export const pagePattern = (pathname: string): PagePattern | null =>
  PLAIN.has(pathname)
    ? (pathname as PagePattern)
    : (WITH_PARAMETERS.find(({ pattern }) => pattern.test(pathname))?.page ?? null)
