import type { PlaidLinkError } from 'react-plaid-link'

export const SCRIPT_BLOCKED_MESSAGE =
  'Plaid’s window could not be loaded. A browser extension or your network may block it. Allow it, then try again.'

/** An OAuth response at the return page works once. */
const USED_OAUTH_CODES = new Set([
  'OAUTH_STATE_ID_ALREADY_PROCESSED',
  'OAUTH_STATE_ID_NOT_FOUND',
  'INCORRECT_OAUTH_NONCE'
])

/** Why Link ended without success; `nothing` says what did not happen. */
export function exitMessage(
  error: Pick<PlaidLinkError, 'error_code' | 'error_type'> | null,
  bank: string,
  noEffect: string
): string {
  if (!error) return `${noEffect} You can start again whenever you like.`
  if (error.error_code === 'INVALID_LINK_TOKEN')
    return `The window was open for too long. ${noEffect} Start again.`
  if (USED_OAUTH_CODES.has(error.error_code))
    return `This page was reloaded, and your bank’s response works only once. ${noEffect} Start again.`
  if (error.error_code === 'INVALID_UPDATED_USERNAME')
    return `That is a different login from the one you linked. ${noEffect} Sign in with the same login, or add the other one as a new bank.`
  if (error.error_code === 'NO_ACCOUNTS')
    return `${bank} has no account of that kind. ${noEffect} For a login with only investments or a mortgage, use the choices below.`
  if (error.error_type === 'INSTITUTION_ERROR')
    return `${bank} is not answering right now. ${noEffect} Try again later.`
  if (error.error_type === 'ITEM_ERROR')
    return `${bank} did not accept the sign-in. ${noEffect} Check your details with the bank, then try again.`
  return `There was a problem at Plaid. ${noEffect} Try again in a few minutes.`
}
