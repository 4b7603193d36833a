/** All texts, compiled. Servers only: a page is sent the areas that its components in the browser use. */
import compile from 'icu-minify/compile'
import account from '@/lib/domain/text/es/account.json' with { type: 'json' }
import common from '@/lib/domain/text/es/common.json' with { type: 'json' }
import connections from '@/lib/domain/text/es/connections.json' with { type: 'json' }
import errors from '@/lib/domain/text/es/errors.json' with { type: 'json' }
import messages from '@/lib/domain/text/es/messages.json' with { type: 'json' }
import onboarding from '@/lib/domain/text/es/onboarding.json' with { type: 'json' }
import reports from '@/lib/domain/text/es/reports.json' with { type: 'json' }
import shell from '@/lib/domain/text/es/shell.json' with { type: 'json' }
import site from '@/lib/domain/text/es/site.json' with { type: 'json' }
import transactions from '@/lib/domain/text/es/transactions.json' with { type: 'json' }
import transfers from '@/lib/domain/text/es/transfers.json' with { type: 'json' }
import users from '@/lib/domain/text/es/users.json' with { type: 'json' }
import { type PageLanguage, PSEUDO_LANGUAGE } from '@/lib/domain/text/languages'
import { pseudoText } from '@/lib/domain/text/pseudo'
import {
  type Area,
  type AreaMessages,
  createText,
  type Messages,
  type Text
} from '@/lib/domain/text/text'

/** English → Spanish. */
export const SPANISH: Record<Area, Record<string, string>> = {
  account,
  common,
  connections,
  errors,
  messages,
  onboarding,
  reports,
  shell,
  site,
  transactions,
  transfers,
  users
}

export const AREAS = Object.keys(SPANISH) as Area[]

const compiled = new Map<string, Messages>()

/** The texts of these areas and of `common`. */
export const messagesOf = (language: PageLanguage, areas: readonly Area[]): AreaMessages =>
  Object.fromEntries(
    ['common' as const, ...areas].map((area) => [area, compileArea(language, area)])
  )

const json = new Map<string, string>()

/** The texts of these areas as JSON, for the browser. */
export function messagesJson(language: PageLanguage, areas: readonly Area[]): string {
  const id = `${language} ${areas}`
  const kept =
    json.get(id) ??
    JSON.stringify(Object.fromEntries(areas.map((area) => [area, compileArea(language, area)])))
  json.set(id, kept)
  return kept
}

function compileArea(language: PageLanguage, area: Area): Messages {
  const id = `${language} ${area}`
  const kept = compiled.get(id)
  if (kept) return kept
  const made = Object.fromEntries(
    Object.entries(SPANISH[area])
      .filter(([key]) => language !== 'en' || /[{<']/.test(key))
      .map(([key, spanish]) => [key, compile(wording(language, key, spanish))])
  )
  compiled.set(id, made)
  return made
}

const wording = (language: PageLanguage, key: string, spanish: string): string => {
  if (language === PSEUDO_LANGUAGE) return pseudoText(key)
  return language === 'es' ? spanish : key
}

/**
 * The texts of an area for pages, e-mails and answers that a server writes; without an area, those
 * of all.
 */
export const textIn = <A extends Area = Area>(
  language: PageLanguage,
  area?: A,
  locale?: string
): Text<A> => {
  const messages = messagesOf(language, area ? [area] : AREAS)
  return createText(language, [area && messages[area], ...Object.values(messages)], locale)
}
