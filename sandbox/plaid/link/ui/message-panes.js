// Panes without a form: consent, success, OAuth and errors.
import { bankLogo, busy, el, icon, primary, problem, secondary } from './dom.js'

const promise = (name, title, text) =>
  el('li', null, icon(name), el('div', null, el('strong', null, title), el('p', null, text)))

export function consentPane({ clientName, onContinue }) {
  const art = el(
    'div',
    { class: 'pair', 'aria-hidden': 'true' },
    el('span', { class: 'tile' }, clientName.charAt(0)),
    el('span', { class: 'dots' }),
    el('span', { class: 'tile soft' }, icon('bank'))
  )
  return {
    view: 'CONSENT',
    art,
    centred: true,
    title: `Connect your bank to ${clientName}`,
    body: el(
      'ul',
      { class: 'promises' },
      promise(
        'flask',
        'Everything is made up',
        'This is the local emulator of Plaid Link. It contacts no real bank, and no data leaves this computer.'
      ),
      promise(
        'list',
        'You choose what to share',
        `Pick the accounts ${clientName} may see. You can change your mind later.`
      ),
      promise('lock', 'Use test logins only', 'Never type a real bank password here.')
    ),
    footer: primary('Continue', { onClick: onContinue })
  }
}

export function successPane({ bank, update, count, clientName, onContinue }) {
  const accounts = count === 1 ? 'Your account is' : `Your ${count} accounts are`
  const lead = update
    ? `${clientName} can see your accounts at ${bank.name} again.`
    : `${accounts} now shared with ${clientName}.`
  const button = primary('Continue', {
    onClick: () => {
      busy(button)
      onContinue()
    }
  })
  return {
    view: 'CONNECTED',
    centred: true,
    art: el(
      'div',
      { class: 'crowned', 'aria-hidden': 'true' },
      bankLogo(bank, 'large'),
      el('span', { class: 'crown good' }, icon('check'))
    ),
    title: update ? 'You’re reconnected' : 'You’re connected',
    lead,
    footer: button,
    onClose: onContinue
  }
}

export function oauthPane({ bank, clientName, note, onBack, onContinue }) {
  const button = primary(`Continue to ${bank.name}`, { onClick: onContinue })
  return {
    view: 'OAUTH',
    status: 'requires_oauth',
    centred: true,
    art: bankLogo(bank, 'large'),
    title: `Log in at ${bank.name}`,
    lead: `You sign in on the bank’s own page and choose what ${clientName} may see. Then you come back here.`,
    body: note && problem(note),
    footer: el(
      'div',
      null,
      button,
      el('p', { class: 'small' }, icon('window'), 'Opens the bank’s page')
    ),
    onBack
  }
}

export function oauthWaitingPane({ bank, onReopen, onBack }) {
  return {
    view: 'OAUTH',
    status: 'requires_oauth',
    centred: true,
    art: el(
      'div',
      { class: 'crowned', 'aria-hidden': 'true' },
      bankLogo(bank, 'large'),
      el('span', { class: 'spinner' })
    ),
    title: 'Continue in the bank’s window',
    lead: `Log in at ${bank.name} in the window that opened. This page goes on by itself when you are done.`,
    footer: secondary('Open the window again', { onClick: onReopen }),
    onBack
  }
}

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
