/** Sanitises vendor text for storage and display. */

/**
 * Lone surrogates, which storage refuses, and bidirectional controls, which can disguise text. NUL
 * is removed separately.
 */
const UNSAFE_CHARACTERS = /[\u202A-\u202E\u2066-\u2069]|\p{Surrogate}/gu

/**
 * Removes unsafe characters, turns control characters into spaces and truncates to `max`
 * characters. @returns null if nothing is left.
 */
export function cleanText(text: string, max: number): string | null {
  // Truncated first, so that long vendor text cannot slow this down.
  const tidy = text
    .slice(0, max * 8)
    .replaceAll('\0', '')
    .replace(UNSAFE_CHARACTERS, '')
    .replace(/\p{Control}+/gu, ' ')
    .trim()
  return [...tidy].slice(0, max).join('').trim() || null
}
