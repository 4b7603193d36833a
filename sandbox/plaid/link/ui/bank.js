// The OAuth bank's pages: log in, choose accounts, approve or deny, return.

import { call } from './api.js'
import {
  accountChoice,
  bankLogo,
  busy,
  el,
  icon,
  primary,
  problem,
  secondary,
  textField
} from './dom.js'

const stateId = new URLSearchParams(location.search).get('state_id') ?? ''
const main = document.getElementById('main')
const oauth = await call('oauth/api/visit', { state_id: stateId })

function show({ title, lead, body }) {
  const heading = el('h1', { id: 'title', tabindex: '-1' }, title)
  main.replaceChildren(heading, lead ? el('p', { class: 'lead' }, lead) : '', body ?? '')
  document.title = `${title} – ${oauth.bank?.name ?? 'Local sandbox'}`
  heading.focus()
}

const sorry = (text) => show({ title: 'This page has expired', lead: text })

function showLogin() {
  const user = textField('Username', { id: 'username', name: 'username' })
  const password = textField('Password', { id: 'password', name: 'password', type: 'password' })
  const slot = el('div')
  const button = primary('Log in', { type: 'submit' })
  const submit = async (event) => {
    event.preventDefault()
    if (button.hasAttribute('aria-disabled')) return
    const done = busy(button)
    const answer = await call('oauth/api/login', {
      state_id: stateId,
      username: user.input.value || 'user_good',
      password: password.input.value || 'pass_good'
    })
    done()
    if (answer.outcome?.kind === 'ok') return showConsent(answer.outcome.accounts, answer.shared)
    const error = answer.error ?? answer.outcome.error
    return slot.replaceChildren(
      problem(error?.display_message ?? 'The sign-in did not work. Please try again.')
    )
  }
  show({
    title: `Log in to ${oauth.bank.name}`,
    lead: 'Any username and password will do.',
    body: el(
      'form',
      { novalidate: true, onSubmit: submit },
      slot,
      user.field,
      password.field,
      el(
        'div',
        { class: 'stack' },
        button,
        secondary('Cancel', { onClick: () => decide(false, []) })
      )
    )
  })
}

function showConsent(accounts, shared) {
  const choice = accountChoice(
    accounts,
    shared.length > 0 ? shared : accounts.map((account) => account.id)
  )
  const slot = el('div')
  const approve = async () => {
    if (choice.chosen().length > 0) return decide(true, choice.chosen())
    slot.replaceChildren(problem('Select at least one account, or deny access.'))
    return choice.element.querySelector('input').focus()
  }
  show({
    title: `Share with ${oauth.client_name}?`,
    lead: `${oauth.client_name} will see the balances and transactions of the accounts you select.`,
    body: el(
      'form',
      { onSubmit: (event) => event.preventDefault() },
      slot,
      choice.element,
      el(
        'div',
        { class: 'stack' },
        primary('Approve', { onClick: approve }),
        secondary('Deny', { onClick: () => decide(false, []) })
      )
    )
  })
}

async function decide(approve, accountIds) {
  const answer = await call('oauth/api/decide', {
    state_id: stateId,
    approve,
    account_ids: accountIds
  })
  if (answer.error) return sorry('Please go back and start again.')
  if (answer.return_to) return location.replace(answer.return_to)
  show({
    title: 'You can close this window',
    lead: approve ? 'Access was approved.' : 'Access was denied.'
  })
  return window.close()
}

if (oauth.error || oauth.status !== 'waiting') {
  sorry('Please go back and start again.')
} else {
  document.documentElement.style.setProperty('--bank', oauth.bank.color)
  const masthead = [
    bankLogo(oauth.bank),
    el('p', { class: 'brand' }, oauth.bank.name),
    el('p', { class: 'badge' }, icon('lock'), 'Local sandbox')
  ]
  document.getElementById('masthead').append(...masthead)
  showLogin()
}
