// Error message and the next steps.
import { bankLogo, el, icon, primary, secondary } from './dom.js'

const TITLES = {
  ACCESS_NOT_GRANTED: 'Access was not granted',
  COUNTRY_NOT_SUPPORTED: 'Country not supported',
  INSTITUTION_DOWN: 'This bank is not responding',
  INSTITUTION_NOT_RESPONDING: 'This bank is not responding',
  INSTITUTION_NO_LONGER_SUPPORTED: 'This bank is not supported',
  INSUFFICIENT_CREDENTIALS: 'Sign-in was not finished',
  INVALID_MFA: 'That answer was not right',
  ITEM_LOCKED: 'Your account is locked',
  ITEM_NOT_SUPPORTED: 'This account is not supported',
  MFA_NOT_SUPPORTED: 'This sign-in is not supported',
  NO_ACCOUNTS: 'No compatible accounts',
  PASSWORD_RESET_REQUIRED: 'Your password must be reset',
  USER_INPUT_TIMEOUT: 'You ran out of time',
  USER_SETUP_REQUIRED: 'Your bank needs something from you'
}

const TEXTS = {
  INSTITUTION_DOWN: 'This bank is not responding right now. Please try again later.',
  INSTITUTION_NO_LONGER_SUPPORTED: 'Accounts at this bank cannot be connected.'
}

const STATUSES = {
  INSTITUTION_NO_LONGER_SUPPORTED: 'institution_not_supported',
  ITEM_NOT_SUPPORTED: 'institution_not_supported'
}

export function errorPane({ bank, error, onRetry, onOther, onExit }) {
  const code = error.error_code
  const buttons = [
    onRetry && ['Try again', onRetry],
    onOther && ['Try another bank', onOther],
    ['Exit', onExit]
  ].filter(Boolean)
  return {
    view: 'ERROR',
    status: STATUSES[code] ?? (bank?.oauth ? 'requires_oauth' : 'requires_credentials'),
    centred: true,
    art: el(
      'div',
      { class: 'crowned', 'aria-hidden': 'true' },
      bank && bankLogo(bank, 'large'),
      el('span', { class: 'crown bad' }, icon('alert'))
    ),
    title: TITLES[code] ?? 'Something went wrong',
    lead:
      error.display_message ??
      TEXTS[code] ??
      'We could not connect this bank. Please try again or choose another one.',
    body: el(
      'p',
      { class: 'code' },
      el('span', { class: 'unseen' }, 'Error code: '),
      el('code', null, code)
    ),
    footer: el(
      'div',
      { class: 'stack' },
      buttons.map(([label, onClick], n) => (n === 0 ? primary : secondary)(label, { onClick }))
    ),
    onBack: onOther,
    onClose: onExit
  }
}
