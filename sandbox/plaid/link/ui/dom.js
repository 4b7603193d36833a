// Builders of elements and icons. Text is set as text, never as markup.

const SVG = 'http://www.w3.org/2000/svg'

const ICONS = {
  back: ['M14.5 5.5 8 12l6.5 6.5'],
  close: ['M6 6l12 12', 'M18 6 6 18'],
  chevron: ['M9.5 6 15.5 12l-6 6'],
  search: ['M10.8 4.5a6.3 6.3 0 1 1 0 12.6 6.3 6.3 0 0 1 0-12.6Z', 'M15.6 15.6 20 20'],
  check: ['M5 12.6l4.6 4.6L19.5 7.2'],
  alert: ['M12 7.4v6', 'M12 16.8v.2'],
  bank: ['M4 9.6 12 4.8l8 4.8', 'M4 19.2h16', 'M6.6 10v8.6', 'M12 10v8.6', 'M17.4 10v8.6'],
  lock: ['M7.4 10.8V8.4a4.6 4.6 0 0 1 9.2 0v2.4', 'M6 10.8h12v8.4H6z'],
  list: ['M8.5 7H20', 'M8.5 12H20', 'M8.5 17H20', 'M4.4 7h.1', 'M4.4 12h.1', 'M4.4 17h.1'],
  flask: [
    'M9.6 4.5h4.8',
    'M10.6 4.5v5.2L5.4 18a1.2 1.2 0 0 0 1 1.8h11.2a1.2 1.2 0 0 0 1-1.8l-5.2-8.3V4.5',
    'M8 14.6h8'
  ],
  window: ['M13.5 5H19v5.5', 'M19 5l-7.5 7.5', 'M16.8 13.6v5H5.4V7.2h5']
}

/**
 * An element. `on…` properties are listeners, `true` a bare attribute; null, undefined and false
 * are omitted.
 */
export function el(tag, properties, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue
    if (typeof value === 'function') element.addEventListener(name.slice(2).toLowerCase(), value)
    else element.setAttribute(name, value === true ? '' : value)
  }
  element.append(
    ...children.flat().filter((child) => child !== null && child !== undefined && child !== false)
  )
  return element
}

/** A line icon, hidden from assistive technology. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg')
  for (const [key, value] of [
    ['viewBox', '0 0 24 24'],
    ['aria-hidden', 'true'],
    ['class', 'icon']
  ]) {
    svg.setAttribute(key, value)
  }
  for (const d of ICONS[name]) {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('d', d)
    svg.append(path)
  }
  return svg
}

/** A bank's logo on its colour, or its initials when the image fails. */
export function bankLogo(bank, size = 'small') {
  const tile = el('span', { class: `logo logo-${size}`, 'aria-hidden': 'true' })
  const initials = () => {
    tile.style.background = bank.color
    tile.textContent = bank.name
      .split(' ')
      .slice(0, 2)
      .map((word) => word.charAt(0))
      .join('')
  }
  if (bank.logo)
    tile.append(
      el('img', { src: `data:image/png;base64,${bank.logo}`, alt: '', onError: initials })
    )
  else initials()
  return tile
}

export const primary = (label, properties) =>
  el('button', { type: 'button', class: 'button primary', ...properties }, label)

export const secondary = (label, properties) =>
  el('button', { type: 'button', class: 'button secondary', ...properties }, label)

/** A labelled text field; returns the wrapper and the input. */
export function textField(label, properties) {
  const input = el('input', {
    class: 'input',
    autocapitalize: 'none',
    autocomplete: 'off',
    spellcheck: 'false',
    ...properties
  })
  return {
    input,
    field: el('div', { class: 'field' }, el('label', { for: properties.id }, label), input)
  }
}

/** The error message that screen readers announce first. */
export const problem = (text) =>
  el('p', { class: 'problem', role: 'alert', id: 'problem' }, icon('alert'), el('span', null, text))

/** Shows a button as busy and ignores further clicks; returns the function that restores it. */
export function busy(button) {
  button.setAttribute('aria-disabled', 'true')
  button.classList.add('busy')
  return () => {
    button.removeAttribute('aria-disabled')
    button.classList.remove('busy')
  }
}

/**
 * A submit handler that does nothing while the button is busy. `read` returns the arguments of
 * `send`; if something is missing, it shows the problem and returns nothing.
 */
export const submitOnce = (button, read, send) => async (event) => {
  event.preventDefault()
  if (button.hasAttribute('aria-disabled')) return
  const values = read(event.currentTarget)
  if (!values) return
  const done = busy(button)
  await send(...values)
  done()
}

export function money(amount, currency) {
  if (amount === null || amount === undefined) return ''
  try {
    return new Intl.NumberFormat('en-US', {
      style: 'currency',
      currency: currency ?? 'USD'
    }).format(amount)
  } catch {
    return `${amount} ${currency}`
  }
}

/** `checking` becomes Checking, `ira` IRA. */
const kindOf = ({ subtype, type }) => {
  const word = subtype ?? type
  return word.length <= 3 ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)
}

/** One account with its checkbox. */
function accountRow(account, checked, onChange) {
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
    accounts.map((account) => accountRow(account, chosen.includes(account.id), sync))
  )
  sync()
  return {
    element: group,
    chosen: () => boxes().flatMap((box) => (box.checked ? [box.value] : []))
  }
}
