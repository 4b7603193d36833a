// The searchable list of banks, and account selection.
import { accountChoice, bankLogo, el, icon, primary, problem, submitOnce } from './dom.js'
import { announce } from './stage.js'

const NOTES = { down: 'Unavailable', degraded: 'Slow right now', unsupported: 'Not supported' }

function row(bank, onSelect) {
  const note = NOTES[bank.status]
  const below = note
    ? el('span', { class: `tag ${bank.status}` }, note)
    : el('span', { class: 'row-note' }, bank.host)
  const words = el(
    'span',
    { class: 'row-words' },
    el('span', { class: 'row-name' }, bank.name),
    below
  )
  const button = el(
    'button',
    { type: 'button', class: 'row', onClick: () => onSelect(bank) },
    bankLogo(bank),
    words,
    icon('chevron')
  )
  return el('li', null, button)
}

/** Arrow keys move through the search field and the rows. */
function moveThrough(event, input, list) {
  const stops = [input, ...list.querySelectorAll('.row')]
  const at = stops.indexOf(document.activeElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 1, End: stops.length - 1 }[event.key]
  if (to === undefined || at < 0 || (at === 0 && event.key !== 'ArrowDown')) return
  event.preventDefault()
  stops[Math.max(0, Math.min(to, stops.length - 1))]?.focus()
}

function searchField() {
  const input = el('input', {
    class: 'input',
    id: 'search',
    type: 'search',
    placeholder: 'Search',
    autocomplete: 'off',
    spellcheck: 'false'
  })
  const label = el('label', { for: 'search', class: 'unseen' }, 'Search for a bank')
  return { input, field: el('div', { class: 'search' }, label, icon('search'), input) }
}

export function institutionsPane({ search, onSelect, onBack }) {
  const { input, field } = searchField()
  const list = el('ul', { class: 'rows', 'aria-label': 'Banks' })
  const none = el('p', { class: 'empty', hidden: true })
  let latest = 0

  const refresh = async () => {
    const query = input.value.trim()
    latest += 1
    const asked = latest
    const banks = await search(query)
    if (asked !== latest) return
    list.replaceChildren(...(banks ?? []).map((bank) => row(bank, onSelect)))
    none.hidden = !banks || banks.length > 0
    none.textContent = banks
      ? `No bank matches “${query}”. Check the spelling or try a shorter name.`
      : ''
    const count = banks?.length ?? 0
    announce(count === 1 ? '1 bank found' : `${count} banks found`)
  }

  input.addEventListener('input', refresh)
  const body = el(
    'div',
    { onKeydown: (event) => moveThrough(event, input, list) },
    field,
    list,
    none
  )
  return {
    view: 'SELECT_INSTITUTION',
    status: 'institution_not_found',
    title: 'Select your bank',
    body,
    onBack,
    onShown: refresh
  }
}

export function accountsPane({ bank, accounts, chosen, clientName, onBack, onSubmit }) {
  const choice = accountChoice(accounts, chosen)
  const slot = el('div')
  const button = primary('Continue', { type: 'submit', form: 'accounts' })
  const read = () => {
    if (choice.chosen().length > 0) return [choice.chosen()]
    slot.replaceChildren(problem('Select at least one account.'))
    choice.element.querySelector('input').focus()
  }
  const submit = submitOnce(button, read, onSubmit)
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
