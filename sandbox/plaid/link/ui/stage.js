// Shows one pane at a time in the panel: heading, back button, focus, and the confirmation before
// closing.
import { el, icon, primary, secondary } from './dom.js'
import { emit, isCurrent, shareContext } from './session.js'

const byId = (id) => document.getElementById(id)
const panel = byId('panel')
const veil = byId('veil')
const announcer = byId('announce')
let shown = null
let focusBefore = null

byId('back').append(icon('back'))
byId('close').append(icon('close'))
byId('back').addEventListener('click', () => shown?.onBack?.())
byId('close').addEventListener('click', () => askToLeave())

/**
 * Shows a pane: `{view, status, title, lead, body, footer, onBack, onClose, onShown, focus}`.
 * `status` is onExit's status from here, `onClose` replaces the confirmation before closing,
 * `focus` gets the focus instead of the heading.
 */
export function showPane(session, pane) {
  if (!isCurrent(session)) return
  closeVeil()
  shown = { ...pane, session }
  session.view = pane.view
  session.status = pane.status ?? null
  const title = el('h1', { id: 'title', tabindex: '-1' }, pane.title)
  const head = el(
    'div',
    { class: pane.centred ? 'head centred' : 'head' },
    pane.art,
    title,
    pane.lead && el('p', { class: 'lead' }, pane.lead)
  )
  const scroll = el('div', { class: 'scroll' }, head, pane.body)
  byId('pane').replaceChildren(
    scroll,
    pane.footer ? el('div', { class: 'footer' }, pane.footer) : ''
  )
  byId('back').hidden = !pane.onBack
  document.title = `${pane.title} – Local sandbox`
  panel.hidden = false
  // Without a control in it, a long text cannot be scrolled by keyboard.
  if (scroll.scrollHeight > scroll.clientHeight && !scroll.querySelector(TABBABLE))
    scroll.tabIndex = 0
  ;(pane.focus ?? title).focus()
  emit(session, 'TRANSITION_VIEW', pane.mfa ? { mfa_type: pane.mfa } : undefined)
  shareContext(session)
  pane.onShown?.()
}

export function clearStage() {
  closeVeil()
  shown = null
  panel.hidden = true
  byId('pane').replaceChildren()
}

/** Announces a text to screen readers without moving the focus. */
export const announce = (text) => {
  announcer.textContent = text
}

/** The action of the close button, Escape and an unforced `exit()`. */
export function askToLeave() {
  if (!shown) return
  if (shown.onClose) return shown.onClose()
  if (!veil.hidden) return closeVeil()
  focusBefore = document.activeElement
  const stay = primary('No, keep going', { onClick: closeVeil })
  const go = secondary('Yes, exit', { onClick: shown.onLeave })
  veil.replaceChildren(
    el(
      'div',
      {
        class: 'sheet',
        role: 'alertdialog',
        'aria-modal': 'true',
        'aria-labelledby': 'leave-title',
        'aria-describedby': 'leave-text'
      },
      el('h1', { id: 'leave-title' }, 'Are you sure you want to exit?'),
      el(
        'p',
        { id: 'leave-text', class: 'lead' },
        'Your progress here will be lost. You can start again at any time.'
      ),
      el('div', { class: 'stack' }, stay, go)
    )
  )
  veil.hidden = false
  for (const part of panel.children) part.inert = part !== veil
  stay.focus()
}

function closeVeil() {
  if (veil.hidden) return
  veil.hidden = true
  veil.replaceChildren()
  for (const part of panel.children) part.inert = false
  focusBefore?.focus()
  focusBefore = null
}

const TABBABLE = 'a[href], button, input, select, summary, [tabindex="0"]'

function keepFocusInside(event) {
  const scope = veil.hidden ? panel : veil
  const stops = [...scope.querySelectorAll(TABBABLE)].filter(
    (stop) => stop.checkVisibility() && !stop.closest('[inert]')
  )
  const first = stops.at(0)
  const last = stops.at(-1)
  if (!first || !last) return
  const at = document.activeElement
  const outside = !stops.includes(at) && !(scope.contains(at) && at.id === 'title')
  if (event.shiftKey && (at === first || outside || at.id === 'title')) {
    event.preventDefault()
    last.focus()
  } else if (!event.shiftKey && (at === last || outside)) {
    event.preventDefault()
    first.focus()
  }
}

document.addEventListener('keydown', (event) => {
  if (!shown) return
  if (event.key === 'Tab') keepFocusInside(event)
  if (event.key === 'Escape') askToLeave()
})
