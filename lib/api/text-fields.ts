/** Text fields of the request schemas. Messages tell the user what to do. */
import { z } from 'zod'

/** Pasted text contains tabs, line breaks, invisible characters and repeated spaces. */
const clean = (value: string) =>
  value
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim()

export const textField = (missing: string) => z.string({ error: missing }).transform(clean)
export const requiredText = (missing: string, max: number, tooLong: string) =>
  textField(missing).pipe(z.string().min(1, missing).max(max, tooLong))
export const optionalText = (max: number, tooLong: string) =>
  z
    .string()
    .nullish()
    .transform((value) => clean(value ?? '') || null)
    .pipe(z.string().max(max, tooLong).nullable())
export const choiceField = <T extends string>(values: readonly [T, ...T[]], missing: string) =>
  z.enum(values, { error: missing })
/** Removes separators between digits, including all dashes. */
export const stripSeparators = (value: string) => value.replace(/[\s().\u2212\p{Pd}]/gu, '')

/** Letters of all scripts with the punctuation of names: O’Neil, Anne-Marie, St. John, X Æ A-12. */
const NAME = /^[\p{L}\p{M}\p{Nd} .,'\u2019\u2018\u02bb\u02bc\u00b4`\u00b7\p{Pd}]*$/u
/** Whether an ID can carry the name: no emoji, markup or symbols, and at least one letter. */
export const isName = (value: string | null): boolean =>
  !value || (NAME.test(value) && /\p{L}/u.test(value))
