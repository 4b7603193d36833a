// The first and the last pane.
import { bankLogo, busy, el, icon, primary } from './dom.js'

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
        'This local sandbox stands in for Plaid Link. It contacts no real bank, and no data leaves this computer.'
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
