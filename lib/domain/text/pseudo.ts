const LETTERS = 'abcdeghiklnorstuyzABCDEGHIKLNORSTUYZ'
const ACCENTED = 'áƀçđéǧĥîķĺñóŕšţüÿžÁƁÇĐÉǦĤÎĶĹÑÓŔŠŢÜŸŽ'

/**
 * An English text with accents, brackets and about a third longer. Arguments and tags of ICU
 * message syntax stay, and so does text inside plural and select forms.
 */
export function pseudoText(text: string): string {
  let depth = 0
  const accented = [...text.matchAll(/<[^>]*>|./gsu)].map(([part]) => {
    if (part === '{') depth++
    if (part === '}') depth--
    const at = part.length === 1 && depth === 0 ? LETTERS.indexOf(part) : -1
    return at < 0 ? part : ACCENTED[at]
  })
  return `[${accented.join('')}${' ~'.repeat(Math.ceil(text.length / 6))}]`
}
