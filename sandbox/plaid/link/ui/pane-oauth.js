// Before and during the sign-in at an OAuth bank.
import { bankLogo, el, icon, primary, problem, secondary } from './dom.js'

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
