import type { PlaidLinkError } from 'react-plaid-link'
import type { Text, TextKey } from '@/lib/domain/text/text'

export const SCRIPT_BLOCKED_MESSAGE: TextKey<'connections'> =
  'Plaid’s window could not be loaded. A browser extension or your network may block it. Allow it, then try again.'

/** An OAuth response at the return page works once. */
const USED_OAUTH_CODES = new Set([
  'OAUTH_STATE_ID_ALREADY_PROCESSED',
  'OAUTH_STATE_ID_NOT_FOUND',
  'INCORRECT_OAUTH_NONCE'
])

type LinkError = Pick<PlaidLinkError, 'error_code' | 'error_type'>
type Key = TextKey<'connections'>

/** Why Link ended without success; `noEffect` says what did not happen. */
export function exitMessage(
  text: Text<'connections'>,
  error: LinkError | null,
  bank: string | undefined,
  noEffect: Key
): string {
  const effect = text(noEffect)
  return error
    ? text(exitKey(error), { effect, bank: bank ?? text('Your bank') })
    : text('{effect} You can start again whenever you like.', { effect })
}

function exitKey({ error_code: code, error_type: type }: LinkError): Key {
  if (code === 'INVALID_LINK_TOKEN')
    return 'The window was open for too long. {effect} Start again.'
  if (USED_OAUTH_CODES.has(code))
    return 'This page was reloaded, and your bank’s response works only once. {effect} Start again.'
  if (code === 'INVALID_UPDATED_USERNAME')
    return 'That is a different login from the one you linked. {effect} Sign in with the same login, or add the other one as a new bank.'
  if (code === 'NO_ACCOUNTS')
    return '{bank} has no account of that kind. {effect} For a login with only investments or a mortgage, use the choices below.'
  if (type === 'INSTITUTION_ERROR')
    return '{bank} is not answering right now. {effect} Try again later.'
  if (type === 'ITEM_ERROR')
    return '{bank} did not accept the sign-in. {effect} Check your details with the bank, then try again.'
  return 'There was a problem at Plaid. {effect} Try again in a few minutes.'
}
