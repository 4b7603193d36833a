// User name and password, with the logins that work here.
import { bankLogo, busy, el, primary, problem, textField } from './dom.js'

const LOGINS = [
  ['pass_good', 'Connects'],
  ['mfa_device', 'Asks for a one-time code: 1234'],
  ['mfa_questions_1_1', 'Asks: answer_0_0'],
  ['mfa_selections', 'Asks for choices: Yes'],
  ['error_ITEM_LOCKED', 'Fails, as would any error_CODE']
]

function testLogins(fill) {
  const rows = LOGINS.map(([password, effect]) =>
    el('li', null, el('code', null, password), el('span', null, effect))
  )
  return el(
    'div',
    { class: 'hint' },
    el(
      'div',
      { class: 'hint-line' },
      el(
        'p',
        null,
        'Test login: ',
        el('code', null, 'user_good'),
        ' / ',
        el('code', null, 'pass_good')
      ),
      el('button', { type: 'button', class: 'text-button', onClick: fill }, 'Fill in')
    ),
    el('details', null, el('summary', null, 'Other passwords'), el('ul', null, rows))
  )
}

export function credentialsPane({ bank, update, refused, onBack, onSubmit }) {
  const wrong = refused ? { 'aria-invalid': 'true', 'aria-describedby': 'problem' } : {}
  const user = textField('Username', {
    id: 'username',
    name: 'username',
    required: true,
    value: refused?.username,
    ...wrong
  })
  const password = textField('Password', {
    id: 'password',
    name: 'password',
    type: 'password',
    required: true,
    ...wrong
  })
  const button = primary('Log in', { type: 'submit', form: 'login' })
  const slot = el('div', null, refused && problem(refused.message))

  const submit = async (event) => {
    event.preventDefault()
    if (button.hasAttribute('aria-disabled')) return
    const empty = [user, password].find(({ input }) => !input.value)
    if (empty) {
      slot.replaceChildren(
        problem(empty === user ? 'Enter your username.' : 'Enter your password.')
      )
      for (const { input } of [user, password])
        input.setAttribute('aria-invalid', String(!input.value))
      return empty.input.focus()
    }
    const done = busy(button)
    await onSubmit(user.input.value, password.input.value)
    done()
  }
  const fill = () => {
    user.input.value = 'user_good'
    password.input.value = 'pass_good'
    button.focus()
  }
  return {
    view: 'CREDENTIAL',
    status: 'requires_credentials',
    art: bankLogo(bank, 'medium'),
    title: update ? `Log in again at ${bank.name}` : `Log in at ${bank.name}`,
    lead:
      bank.status === 'degraded'
        ? 'This bank is slow right now. Connecting may take longer than usual.'
        : undefined,
    body: el(
      'form',
      { id: 'login', novalidate: true, onSubmit: submit },
      slot,
      user.field,
      password.field,
      testLogins(fill)
    ),
    footer: button,
    focus: refused && (refused.username ? password : user).input,
    onBack
  }
}
