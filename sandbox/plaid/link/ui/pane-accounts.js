// Account selection.
import { accountChoice } from './account-choice.js'
import { bankLogo, busy, el, primary, problem } from './dom.js'

export function accountsPane({ bank, accounts, chosen, clientName, onBack, onSubmit }) {
  const choice = accountChoice(accounts, chosen)
  const slot = el('div')
  const button = primary('Continue', { type: 'submit', form: 'accounts' })
  const submit = async (event) => {
    event.preventDefault()
    if (button.hasAttribute('aria-disabled')) return
    if (choice.chosen().length === 0) {
      slot.replaceChildren(problem('Select at least one account.'))
      return choice.element.querySelector('input').focus()
    }
    const done = busy(button)
    await onSubmit(choice.chosen())
    done()
  }
  return {
    view: 'SELECT_ACCOUNT',
    status: 'requires_account_selection',
    art: bankLogo(bank, 'medium'),
    title: 'Select accounts',
    lead: `Choose the accounts to share with ${clientName}.`,
    body: el('form', { id: 'accounts', novalidate: true, onSubmit: submit }, slot, choice.element),
    footer: button,
    onBack
  }
}
