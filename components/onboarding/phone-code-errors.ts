/** Messages for errors of SMS codes. */

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

/**
 * @param code Clerk's error code, or ours for a missing or malformed code. @returns the message,
 * and whether it belongs to the code field.
 */
export function phoneCodeError(code: string): { message: string; field: boolean } {
  const fieldMessage = FIELD_MESSAGES.get(code)
  return fieldMessage
    ? { message: fieldMessage, field: true }
    : { message: FORM_MESSAGES.get(code) ?? UNAVAILABLE_MESSAGE, field: false }
}
