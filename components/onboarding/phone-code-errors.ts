/** What can go wrong with a code by text message, said to the person. */

const FIELD_MESSAGES = new Map(
  Object.entries({
    empty: 'Enter the code from the text message',
    not_six_digits: 'The code has 6 digits',
    form_code_incorrect: 'This is not the code we sent. Check it, or ask for a new one',
    verification_expired: 'This code is too old. Ask for a new one',
    verification_failed: 'Too many tries for this code. Ask for a new one',
    verification_missing: 'This code is no longer valid. Ask for a new one'
  })
)
const FORM_MESSAGES = new Map(
  Object.entries({
    form_identifier_exists:
      'This number already belongs to another login. Use another number, or sign in with that login.',
    form_param_format_invalid: 'We cannot send codes to this number. Use another number.',
    too_many_requests:
      'You asked for a lot of codes in a short time. Wait a few minutes, then try again.'
  })
)
const UNAVAILABLE_MESSAGE =
  'We cannot send or check codes right now. Your answers are saved. Try again in a few minutes.'

/** @param code Clerk's own, or ours for nothing typed and not six digits. @returns the sentence, and whether it belongs to the field of the code. */
export function phoneCodeError(code: string): { message: string; field: boolean } {
  const fieldMessage = FIELD_MESSAGES.get(code)
  return fieldMessage
    ? { message: fieldMessage, field: true }
    : { message: FORM_MESSAGES.get(code) ?? UNAVAILABLE_MESSAGE, field: false }
}
