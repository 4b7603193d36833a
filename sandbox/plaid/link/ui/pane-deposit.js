// The code from a micro-deposit, which verifies the account.
import { bankLogo, busy, el, primary, problem, textField } from './dom.js'

export function depositCodePane({ bank, refused, onSubmit }) {
  const { input, field } = textField('Three-letter code', {
    id: 'code',
    name: 'code',
    maxlength: '3',
    ...(refused ? { 'aria-invalid': 'true' } : {})
  })
  const button = primary('Verify account', { type: 'submit', form: 'deposit' })
  const slot = el('div', null, refused && problem(refused))
  const submit = async (event) => {
    event.preventDefault()
    if (button.hasAttribute('aria-disabled')) return
    if (!input.value.trim()) {
      slot.replaceChildren(problem('Enter the three letters.'))
      return input.focus()
    }
    const done = busy(button)
    await onSubmit(input.value)
    done()
  }
  return {
    view: 'SAME_DAY_MICRODEPOSIT_VERIFICATION',
    status: 'requires_verification',
    art: bankLogo(bank, 'medium'),
    title: 'Verify your account',
    lead: `A deposit of one cent has arrived at ${bank.name}. Its description ends in three letters. In this sandbox they are ABC.`,
    body: el('form', { id: 'deposit', novalidate: true, onSubmit: submit }, slot, field),
    footer: button,
    focus: refused && input
  }
}
