/** Typed text as the API's schemas read it. Messages tell the user what to do. */
import { z } from 'zod'

/** Pasted text brings tabs, line breaks, invisible characters and doubled spaces. */
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
/** Removes what users put between digits, dashes of every length included. */
export const stripSeparators = (value: string) => value.replace(/[\s().\u2212\p{Pd}]/gu, '')

/** Letters of every script, with the marks, digits and punctuation that names have: O’Neil, Anne-Marie, St. John, X Æ A-12. */
const NAME = /^[\p{L}\p{M}\p{Nd} .,'\u2019\u2018\u02bb\u02bc\u00b4`\u00b7\p{Pd}]*$/u
/** True for a name that an ID can carry: no emoji, markup or symbols, and at least one letter. */
export const isName = (value: string | null): boolean =>
  !value || (NAME.test(value) && /\p{L}/u.test(value))
