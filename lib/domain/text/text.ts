/**
 * Texts of the pages in the user's language. A text's key is its English wording in ICU message
 * syntax, so the code stays readable; lib/domain/text/es has the Spanish for each. A key that is
 * not in the catalog of its area does not compile.
 */

import type { CompiledMessage, FormatValues } from 'icu-minify/format'
import format from 'icu-minify/format'
import { numberFormat } from '@/lib/domain/intl'
import type account from '@/lib/domain/text/es/account.json'
import type common from '@/lib/domain/text/es/common.json'
import type connections from '@/lib/domain/text/es/connections.json'
import type errors from '@/lib/domain/text/es/errors.json'
import type messages from '@/lib/domain/text/es/messages.json'
import type onboarding from '@/lib/domain/text/es/onboarding.json'
import type reports from '@/lib/domain/text/es/reports.json'
import type shell from '@/lib/domain/text/es/shell.json'
import type site from '@/lib/domain/text/es/site.json'
import type transactions from '@/lib/domain/text/es/transactions.json'
import type transfers from '@/lib/domain/text/es/transfers.json'
import type users from '@/lib/domain/text/es/users.json'
import type { PageLanguage } from '@/lib/domain/text/languages'
import { brand } from '@/pangea.config'

type Catalogs = {
  account: typeof account
  common: typeof common
  connections: typeof connections
  errors: typeof errors
  messages: typeof messages
  onboarding: typeof onboarding
  reports: typeof reports
  shell: typeof shell
  site: typeof site
  transactions: typeof transactions
  transfers: typeof transfers
  users: typeof users
}

/** A part of the product with a catalog of its own. Every area also has the texts of `common`. */
export type Area = keyof Catalogs
export type TextKey<A extends Area = Area> = A extends Area
  ? keyof Catalogs[A] | keyof Catalogs['common']
  : never

/** By key. English has only the texts with arguments: the others are their own keys. */
export type Messages = Record<string, CompiledMessage>
/** One English wording can have another Spanish in another area. */
export type AreaMessages = { [A in Area]?: Messages }
type Values = Record<string, string | number>
type Tags<Element> = FormatValues<Element>

export type Text<A extends Area> = {
  language: PageLanguage
  /** `{brand}` is always known. */
  (key: TextKey<A>, values?: Values): string
  /** For texts with elements, such as "Read <link>the terms</link>". */
  rich: <Element>(key: TextKey<A>, values: Tags<Element>) => string | Element | (string | Element)[]
}

const pluralRules = new Map<string, Intl.PluralRules>()

function pluralRulesOf(locale: string): Intl.PluralRules {
  const kept = pluralRules.get(locale) ?? new Intl.PluralRules(locale)
  pluralRules.set(locale, kept)
  return kept
}

/**
 * @param messages where a text is looked up, the first first.
 * @param locale of numbers in texts.
 */
export function createText<A extends Area>(
  language: PageLanguage,
  messages: readonly (Messages | undefined)[],
  locale: string = language
): Text<A> {
  const rich = <Element>(key: string, values: Tags<Element>) =>
    format<Element>(
      messages.find((area) => area && key in area)?.[key] ?? key,
      language,
      { brand: brand.name, ...values },
      {
        formatters: {
          getPluralRules: (pluralLocale) => pluralRulesOf(String(pluralLocale)),
          getNumberFormat: (_, options) => numberFormat(locale, options ?? {}),
          getDateTimeFormat: (...options) => new Intl.DateTimeFormat(...options)
        }
      }
    )
  const text = (key: string, values: Values = {}) => String(rich(key, values))
  return Object.assign(text, { language, rich })
}
