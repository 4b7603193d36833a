// The list of accounts to share, used by Link and by the OAuth bank.
import { el, money } from './dom.js'

/** `checking` becomes Checking, `ira` IRA. */
const kindOf = ({ subtype, type }) => {
  const word = subtype ?? type
  return word.length <= 3 ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)
}

function row(account, checked, onChange) {
  const kind = [kindOf(account), account.mask && `•••• ${account.mask}`].filter(Boolean).join(' ')
  return el(
    'label',
    { class: 'choice' },
    el('input', { type: 'checkbox', name: 'account', value: account.id, checked, onChange }),
    el(
      'span',
      { class: 'choice-words' },
      el('span', { class: 'row-name' }, account.name),
      el('span', { class: 'row-note' }, kind)
    ),
    el('span', { class: 'amount' }, money(account.balance, account.currency))
  )
}

/** `{element, chosen()}`: a group of checkboxes with one for all of them. */
export function accountChoice(accounts, chosen) {
  const boxes = () => [...group.querySelectorAll('input[name="account"]')]
  const sync = () => {
    const on = boxes().filter((box) => box.checked).length
    all.checked = on === accounts.length
    all.indeterminate = on > 0 && on < accounts.length
  }
  const setAll = () => {
    for (const box of boxes()) box.checked = all.checked
  }
  const all = el('input', { type: 'checkbox', onChange: setAll })
  const group = el(
    'fieldset',
    { class: 'accounts' },
    el('legend', { class: 'unseen' }, 'Accounts'),
    accounts.length > 1 &&
      el(
        'label',
        { class: 'choice all' },
        all,
        el('span', { class: 'choice-words' }, 'Select all')
      ),
    accounts.map((account) => row(account, chosen.includes(account.id), sync))
  )
  sync()
  return {
    element: group,
    chosen: () => boxes().flatMap((box) => (box.checked ? [box.value] : []))
  }
}
