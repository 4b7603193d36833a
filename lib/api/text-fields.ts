/**
 * Text fields of the request schemas: one set of cleaning rules. Messages tell the user what to do.
 */
import { z } from 'zod'

/** Longest text read at all, in UTF-16 units, so that cleaning stays fast. */
const MAX_READ = 20_000

/** A joiner inside an emoji is part of it; other invisible format characters are removed. */
const INVISIBLE = /(\p{Extended_Pictographic}[\uFE0F\u{1F3FB}-\u{1F3FF}]*\u200D)|\p{Format}/gu

/**
 * Cleans typed or pasted text of several lines: removes what Postgres cannot store (NUL, lone
 * surrogates) and invisible characters; control characters other than the line feed become spaces.
 */
export const cleanLines = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\0\p{Surrogate}]/gu, '')
    .replace(INVISIBLE, '$1')
    .replace(/[^\P{Control}\n]/gu, ' ')
    .normalize('NFC')
    .trim()
/** The same on one line, with single spaces. */
export const cleanLine = (text: string): string => cleanLines(text).replace(/\s+/g, ' ')

/** Characters as a user counts them: code points, so a simple emoji is one. */
const isWithin = (max: number) => (text: string) => [...text].length <= max
const atMost = (max: number) => `Use at most ${max.toLocaleString('en-US')} characters.`

/** A cleaned text of up to `max` characters. */
export const textUpTo = (max: number, clean: (text: string) => string) =>
  z.string().max(MAX_READ, atMost(max)).transform(clean).refine(isWithin(max), atMost(max))
/** The same; an empty one is null. */
export const textOrNull = (max: number, clean: (text: string) => string) =>
  textUpTo(max, clean)
    .transform((text) => text || null)
    .nullable()
export const lineUpTo = (max: number) => textOrNull(max, cleanLine)

export const textField = (missing: string) => z.string({ error: missing }).transform(cleanLine)
export const requiredText = (missing: string, max: number, tooLong: string) =>
  textField(missing).pipe(z.string().min(1, missing).refine(isWithin(max), tooLong))
export const optionalText = (max: number, tooLong: string) =>
  z
    .string()
    .nullish()
    .transform((value) => cleanLine(value ?? '') || null)
    .pipe(z.string().refine(isWithin(max), tooLong).nullable())
export const choiceField = <T extends string>(values: readonly [T, ...T[]], missing: string) =>
  z.enum(values, { error: missing })
/** Removes separators between digits, including all dashes. */
export const stripSeparators = (value: string) => value.replace(/[\s().\u2212\p{Pd}]/gu, '')

/** Letters of all scripts with the punctuation of names: O’Neil, Anne-Marie, St. John, X Æ A-12. */
const NAME = /^[\p{L}\p{M}\p{Nd} .,'\u2019\u2018\u02bb\u02bc\u00b4`\u00b7\p{Pd}]*$/u
/** Whether an ID can carry the name: no emoji, markup or symbols, and at least one letter. */
export const isName = (value: string | null): boolean =>
  !value || (NAME.test(value) && /\p{L}/u.test(value))
