/**
 * Validates requests. Zod's default messages are for developers; issues without a message get one
 * here.
 */
import { z } from 'zod'
import { brand } from '@/pangea.config'

/** Like `safeParse`, with user-facing messages. */
export function validate<S extends z.ZodType>(
  schema: S,
  value: unknown
): z.ZodSafeParseResult<z.output<S>> {
  try {
    return schema.safeParse(value, { error: errorMessage })
  } catch (thrown) {
    if (!isUnreadableLength(thrown)) throw thrown
    return z.custom<z.output<S>>(() => false, 'Check this value.').safeParse(value)
  }
}

/** Zod compares the `length` of an object in place of a list, which may be no number. */
const isUnreadableLength = (thrown: unknown): boolean =>
  String(thrown) === 'TypeError: Cannot convert object to primitive value'

export const errorMessage: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null
        ? 'Fill this in.'
        : typeMessage(issue.expected)
    case 'too_small':
      if (issue.origin === 'string')
        return Number(issue.minimum) <= 1
          ? 'Fill this in.'
          : `Use at least ${count(issue.minimum)} characters.`
      return issue.origin === 'array'
        ? `Choose at least ${count(issue.minimum)}.`
        : `Use ${count(issue.minimum)} or more.`
    case 'too_big':
      if (issue.origin === 'string') return `Use at most ${count(issue.maximum)} characters.`
      return issue.origin === 'array'
        ? `Choose at most ${count(issue.maximum)}.`
        : `Use ${count(issue.maximum)} or less.`
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'Check the format.'
    case 'invalid_value':
    case 'invalid_union':
      return 'Choose one of the options.'
    case 'unrecognized_keys':
      return 'Remove the fields that this request does not accept.'
    default:
      return 'Check this value.'
  }
}

const count = (limit: number | bigint): string => limit.toLocaleString('en-US')

const FORMATS: Record<string, string> = {
  uuid: `Use an id from ${brand.name}.`,
  url: 'Use a web address, such as https://example.com.'
}

const typeMessage = (expected: string): string => {
  if (expected === 'string') return 'Write this as text.'
  if (expected === 'number' || expected === 'int') return 'Use a whole number.'
  if (expected === 'boolean') return 'Use true or false.'
  return expected === 'array' ? 'Send this as a list.' : 'Send this as an object with fields.'
}
