/** Text from vendors as it may be stored and shown. */

/** Half a surrogate pair, and marks that reorder what follows: what storage refuses, or what only deceives. NUL is removed with them. */
const UNSAFE_CHARACTERS = /[\u202A-\u202E\u2066-\u2069]|\p{Surrogate}/gu

/** Removes what cannot be stored, turns control characters into blanks, and cuts at `max` characters. @returns null where nothing is left. */
export function cleanText(text: string, max: number): string | null {
  // Longer input is cut first, so that no vendor can make this slow.
  const short = text.length > max * 8 ? text.slice(0, max * 8) : text
  const tidy = short
    .replaceAll('\0', '')
    .replace(UNSAFE_CHARACTERS, '')
    .replace(/\p{Control}+/gu, ' ')
    .trim()
  const characters = tidy.length > max ? [...tidy] : null
  return (
    (characters && characters.length > max ? characters.slice(0, max).join('').trim() : tidy) ||
    null
  )
}
