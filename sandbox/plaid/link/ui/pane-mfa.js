// The bank's further questions: a device to choose, a one-time code, questions, selections.
import { bankLogo, busy, el, primary, problem, textField } from './dom.js'

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
  const submit = async (event) => {
    event.preventDefault()
    if (button.hasAttribute('aria-disabled')) return
    const data = new FormData(event.currentTarget)
    const answers = fields.map((_, n) => String(data.get(`answer-${n}`) ?? '').trim())
    const gap = answers.indexOf('')
    if (gap >= 0) {
      slot.replaceChildren(problem(missing))
      return fields[gap].querySelector('input').focus()
    }
    const done = busy(button)
    await onSubmit(answers)
    done()
  }
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
