/** Whether the catalogs in lib/domain/text/es and the texts in the source agree. */
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { SPANISH } from '@/lib/domain/text/catalogs'
import { readTexts, type SourceTexts } from '@/scripts/text/source-texts'

/** Known in every text. */
const GIVEN = ['brand']

type Catalogs = Record<string, Record<string, string>>

/** @returns one sentence for each problem, with the place. */
export function catalogProblems(root: string): string[] {
  const texts = readTexts(root)
  return [
    ...translationProblems(SPANISH),
    ...usageProblems(texts, SPANISH),
    ...texts.untranslated.map(
      ({ file, line, wording }) => `${file}:${line}: not translated: "${wording}"`
    )
  ]
}

/** Catalogs that cannot be read, or whose Spanish needs other arguments than the English. */
export function translationProblems(catalogs: Catalogs): string[] {
  return Object.entries(catalogs).flatMap(([area, texts]) => {
    const place = `lib/domain/text/es/${area}.json`
    return Object.entries(texts).flatMap(([english, spanish]) => {
      if (area !== 'common' && catalogs.common && Object.hasOwn(catalogs.common, english))
        return `${place}: "${english}" is in common.json too`
      if (!spanish.trim()) return `${place}: "${english}" has no Spanish`
      const [wanted, given] = [namesIn(english), namesIn(spanish)]
      if (!wanted || !given) return `${place}: "${english}" is not in ICU message syntax`
      return same(wanted, given)
        ? []
        : `${place}: the Spanish of "${english}" has other arguments: ${given.join(', ') || 'none'}`
    })
  })
}

/** Keys that no catalog has, values that do not fit their key, and texts that nothing uses. */
export function usageProblems(
  { used, literals }: Pick<SourceTexts, 'used' | 'literals'>,
  catalogs: Catalogs
): string[] {
  const known = new Set(Object.values(catalogs).flatMap(Object.keys))
  const problems = used.flatMap(({ file, line, key, names }) => {
    if (!known.has(key)) return `${file}:${line}: no Spanish for "${key}"`
    const wanted = (namesIn(key) ?? []).filter((name) => !GIVEN.includes(name))
    return !names || same(wanted, names)
      ? []
      : `${file}:${line}: "${key}" needs ${wanted.join(', ') || 'no values'}`
  })
  const unused = Object.entries(catalogs)
    // Services write their errors as sentences with the values in them.
    .filter(([area]) => area !== 'errors')
    .flatMap(([area, texts]) =>
      Object.keys(texts)
        .filter((key) => !literals.has(key))
        .map((key) => `lib/domain/text/es/${area}.json: nothing uses "${key}"`)
    )
  return [...problems, ...unused]
}

const same = (one: string[], other: string[]) => [...one].sort().join() === [...other].sort().join()

/** Names of arguments and tags; null if the syntax is wrong. */
export function namesIn(message: string): string[] | null {
  try {
    return [...new Set(elementNames(parse(message)))]
  } catch {
    return null
  }
}

const elementNames = (elements: MessageFormatElement[]): string[] =>
  elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return []
    if (element.type === TYPE.tag) return [element.value, ...elementNames(element.children)]
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return [
        element.value,
        ...Object.values(element.options).flatMap(({ value }) => elementNames(value))
      ]
    return [element.value]
  })
