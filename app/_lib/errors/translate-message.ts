/** Our messages to callers of the API, in the language that the request accepts. */
import { SPANISH, textIn } from '@/lib/domain/text/catalogs'
import { type Language, negotiateLanguage } from '@/lib/domain/text/languages'
import type { Text, TextKey } from '@/lib/domain/text/text'

const ARGUMENT = /\{(\w+)\}/
const SENTENCE_END = /(?<=\.) /

type ErrorText = Text<'errors'>
type Template = { key: TextKey<'errors'>; names: string[]; pattern: RegExp }

const isKey = (message: string): message is TextKey<'errors'> =>
  Object.hasOwn(SPANISH.errors, message)

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/**
 * Keys with arguments, as patterns that find the arguments in a finished English message. The most
 * specific come first.
 */
const templates: Template[] = Object.keys(SPANISH.errors)
  .filter(isKey)
  .filter((key) => ARGUMENT.test(key))
  .toSorted((one, other) => other.length - one.length)
  .map((key) => {
    const parts = key.split(ARGUMENT)
    const source = parts.map((part, at) => (at % 2 ? '(.+?)' : escaped(part))).join('')
    return { key, names: parts.filter((_, at) => at % 2), pattern: new RegExp(`^${source}$`, 's') }
  })

/** The language of pages and messages that a caller of the API accepts. */
export const acceptedLanguage = ({ headers }: Request): Language =>
  negotiateLanguage(headers.get('accept-language'))

/**
 * Services write their messages in English, and the API translates them: whole, with the values in
 * them, or sentence by sentence. What has no translation stays English.
 */
export function messageTranslator(language: Language): (message: string) => string {
  if (language === 'en') return (message) => message
  const text = textIn(language, 'errors')
  return (message) => translate(message, text)
}

function translate(message: string, text: ErrorText): string {
  if (isKey(message)) return text(message)
  for (const { key, names, pattern } of templates) {
    const values = pattern.exec(message)?.slice(1)
    if (values)
      return text(
        key,
        Object.fromEntries(names.map((name, at) => [name, translate(values[at] ?? '', text)]))
      )
  }
  const sentences = message.split(SENTENCE_END)
  return sentences.length > 1 ? sentences.map((one) => translate(one, text)).join(' ') : message
}
