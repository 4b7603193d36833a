/** Our messages to callers of the API, in the language that the request accepts. */
import { SPANISH, textIn } from '@/lib/domain/text/catalogs'
import { negotiateLanguage } from '@/lib/domain/text/languages'
import type { TextKey } from '@/lib/domain/text/text'

const ARGUMENT = /\{(\w+)\}/g

type Template = { key: TextKey<'errors'>; names: string[]; pattern: RegExp }

const isKey = (message: string): message is TextKey<'errors'> =>
  Object.hasOwn(SPANISH.errors, message)

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Keys with arguments, as patterns that find the arguments in a finished English message. */
const templates: Template[] = Object.keys(SPANISH.errors)
  .filter(isKey)
  .filter((key) => key.includes('{'))
  .map((key) => ({
    key,
    names: [...key.matchAll(ARGUMENT)].map(([, name = '']) => name),
    pattern: new RegExp(
      `^${key
        .split(ARGUMENT)
        .map((part, at) => (at % 2 ? '(.+?)' : escaped(part)))
        .join('')}$`,
      's'
    )
  }))

/**
 * Services write their messages in English, and the API translates them. A message without a
 * translation stays English.
 */
export function messageTranslator(acceptLanguage: string | null): (message: string) => string {
  const language = negotiateLanguage(acceptLanguage)
  if (language === 'en') return (message) => message
  const text = textIn(language)
  return (message) => {
    const found = findKey(message)
    return found ? text(found.key, found.values) : message
  }
}

type Found = { key: TextKey<'errors'>; values: Record<string, string> }

function findKey(message: string): Found | null {
  if (isKey(message)) return { key: message, values: {} }
  for (const { key, names, pattern } of templates) {
    const values = pattern.exec(message)?.slice(1)
    if (values)
      return { key, values: Object.fromEntries(names.map((name, at) => [name, values[at] ?? ''])) }
  }
  return null
}
