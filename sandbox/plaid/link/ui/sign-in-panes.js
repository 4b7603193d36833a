// The panes of a login: credentials, the bank’s further questions, a micro-deposit code.
import { bankLogo, el, primary, problem, submitOnce, textField } from './dom.js'

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

function credentialFields(refused) {
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
  return { user, password }
}

export function credentialsPane({ bank, update, refused, onBack, onSubmit }) {
  const { user, password } = credentialFields(refused)
  const button = primary('Log in', { type: 'submit', form: 'login' })
  const slot = el('div', null, refused && problem(refused.message))

  const read = () => {
    const empty = [user, password].find(({ input }) => !input.value)
    if (!empty) return [user.input.value, password.input.value]
    slot.replaceChildren(problem(empty === user ? 'Enter your username.' : 'Enter your password.'))
    for (const { input } of [user, password])
      input.setAttribute('aria-invalid', String(!input.value))
    empty.input.focus()
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
      { id: 'login', novalidate: true, onSubmit: submitOnce(button, read, onSubmit) },
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

const radio = (name, value, label, checked) =>
  el(
    'label',
    { class: 'choice' },
    el('input', { type: 'radio', name, value, checked }),
    el('span', { class: 'choice-words' }, label)
  )

const READERS = {
  device_list: (step) => ({
    mfa: 'device',
    status: 'choose_device',
    title: 'Where should the code go?',
    lead: 'Your bank sends a one-time code to confirm it is you.',
    fields: [
      el(
        'fieldset',
        null,
        el('legend', { class: 'unseen' }, 'Device'),
        ...step.devices.map((device, n) => radio('answer-0', device.id, device.label, n === 0))
      )
    ],
    missing: 'Choose a device.'
  }),
  code: (step) => ({
    mfa: 'code',
    status: 'requires_code',
    title: 'Enter the code',
    lead: `Sent to ${step.sentTo}. In this sandbox the code is 1234.`,
    fields: [
      textField('One-time code', {
        id: 'answer-0',
        name: 'answer-0',
        inputmode: 'numeric',
        autocomplete: 'one-time-code'
      }).field
    ],
    missing: 'Enter the code.'
  }),
  questions: (step) => ({
    mfa: 'questions',
    status: 'requires_questions',
    title: 'Answer your security questions',
    lead: 'In this sandbox question_0_1 has the answer answer_0_1, and so on.',
    fields: step.prompts.map(
      (prompt, n) => textField(prompt, { id: `answer-${n}`, name: `answer-${n}` }).field
    ),
    missing: step.prompts.length === 1 ? 'Enter your answer.' : 'Answer every question.'
  }),
  selections: (step) => ({
    mfa: 'selections',
    status: 'requires_selections',
    title: 'Choose your answers',
    lead: 'In this sandbox the right answer is always Yes.',
    fields: step.prompts.map(({ question, options }, n) =>
      el(
        'fieldset',
        null,
        el('legend', null, question),
        ...options.map((option) => radio(`answer-${n}`, option, option, false))
      )
    ),
    missing: 'Choose an answer to every question.'
  })
}

export function mfaPane({ bank, step, onBack, onSubmit }) {
  const { mfa, status, title, lead, fields, missing } = READERS[step.type](step)
  const button = primary('Continue', { type: 'submit', form: 'mfa' })
  const slot = el('div')
  const read = (form) => {
    const data = new FormData(form)
    const answers = fields.map((_, n) => String(data.get(`answer-${n}`) ?? '').trim())
    const gap = answers.indexOf('')
    if (gap < 0) return [answers]
    slot.replaceChildren(problem(missing))
    fields[gap].querySelector('input').focus()
  }
  const submit = submitOnce(button, read, onSubmit)
  const body = el('form', { id: 'mfa', novalidate: true, onSubmit: submit }, slot, ...fields)
  return {
    view: 'MFA',
    mfa,
    status,
    art: bankLogo(bank, 'medium'),
    title,
    lead,
    body,
    footer: button,
    onBack
  }
}

export function depositCodePane({ bank, refused, onSubmit }) {
  const { input, field } = textField('Three-letter code', {
    id: 'code',
    name: 'code',
    maxlength: '3',
    ...(refused ? { 'aria-invalid': 'true' } : {})
  })
  const button = primary('Verify account', { type: 'submit', form: 'deposit' })
  const slot = el('div', null, refused && problem(refused))
  const read = () => {
    if (input.value.trim()) return [input.value]
    slot.replaceChildren(problem('Enter the three letters.'))
    input.focus()
  }
  const submit = submitOnce(button, read, onSubmit)
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
