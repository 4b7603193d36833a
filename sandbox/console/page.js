// Shows the emulators' state and sends the controls' requests. Text is set as text, never as
// markup.
const EVERY_MS = 2_000
const SAID_MS = 4_000
const KINDS = [
  '500',
  '503',
  '429',
  'timeout',
  'timeout_after_commit',
  'latency',
  'reset',
  'html',
  'truncated',
  '400',
  '401',
  '404',
  '409',
  '422'
]

const vendors = document.getElementById('vendors')
const said = document.getElementById('said')
const drawn = new Map()

/**
 * @param {string} tag @param {Record<string, unknown>} [properties] @param {(Node | string)[]}
 * children
 */
function el(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties)
  node.append(...children)
  return node
}

function say(text) {
  said.textContent = text
  clearTimeout(say.timer)
  say.timer = setTimeout(() => {
    said.textContent = ''
  }, SAID_MS)
}

async function act(vendor, label, { method = 'POST', path, body }) {
  const response = await fetch(`/act/${vendor}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method, path, body })
  }).catch(() => null)
  const result = await response?.json().catch(() => null)
  say(
    response?.ok
      ? `Done: ${label}`
      : `${label} failed: ${result?.answer || result?.error || 'the console does not respond'}`
  )
  await refresh()
}

function button(vendor, action, danger = false) {
  const node = el('button', { type: 'button', className: danger ? 'danger' : '' }, action.label)
  node.addEventListener('click', async () => {
    if (danger && !confirm(`${action.label}?`)) return
    node.disabled = true
    await act(vendor, action.label, action)
    node.disabled = false
  })
  return node
}

const buttons = (vendor, actions) =>
  el('div', { className: 'buttons' }, ...actions.map((action) => button(vendor, action)))

const row = (text, quiet, controls) =>
  el(
    'li',
    {},
    el('div', {}, el('div', {}, text), el('div', { className: 'quiet' }, quiet)),
    controls
  )

function deliveriesOf(vendor, deliveries) {
  const rows = deliveries.map(({ id, event, status, attempts, createdAt }) => {
    const last = attempts.at(-1)
    const how = `${status.replace('_', ' ')}, ${new Date(createdAt).toLocaleTimeString()}${last ? `, last response ${last.status ?? 'none'}` : ''}`
    return row(
      event,
      how,
      button(vendor, {
        label: 'Send again',
        path: `/_sandbox/deliveries/${encodeURIComponent(id)}/redeliver`
      })
    )
  })
  return el(
    'details',
    { name: `${vendor}-deliveries` },
    el('summary', {}, `Webhooks (${deliveries.length})`),
    el('ul', {}, ...rows)
  )
}

function faultsOf(vendor, faults) {
  const kind = el(
    'select',
    { name: 'kind' },
    ...KINDS.map((value) => el('option', { value }, value.replaceAll('_', ' ')))
  )
  const path = el('input', { name: 'path', value: '*', size: 18 })
  const times = el('input', {
    name: 'times',
    type: 'number',
    min: '1',
    placeholder: 'until cleared',
    size: 8
  })
  const form = el(
    'form',
    {},
    el('label', {}, 'Fault', kind),
    el('label', {}, 'Path starts with', path),
    el('label', {}, 'Times', times)
  )
  form.append(
    el('button', {}, 'Inject fault'),
    button(vendor, { label: 'Clear faults', method: 'DELETE', path: '/_sandbox/faults' })
  )
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const body = {
      kind: kind.value,
      path: path.value || '*',
      ...(times.value ? { times: Number(times.value) } : {})
    }
    await act(vendor, 'Inject fault', { path: '/_sandbox/faults', body })
  })
  const on = faults.map(
    (fault) => `${fault.kind} on ${fault.path}${fault.times ? `, ${fault.times} more` : ''}`
  )
  const summary = el('summary', {}, faults.length ? `Faults: ${on.join('; ')}` : 'Faults: none')
  return el('details', { name: `${vendor}-faults` }, summary, form)
}

function section(vendor) {
  if (!vendor.up)
    return el(
      'section',
      {},
      el('h2', {}, vendor.name),
      el('p', { className: 'quiet' }, 'Not responding.')
    )
  const { name, page, deliveries, faults, clock } = vendor
  const objects = page.objects.map((object) =>
    row(object.label, object.state, buttons(name, object.actions))
  )
  const time = [
    { label: 'Advance one hour', path: '/_sandbox/clock', body: { advance: 3_600_000 } },
    { label: 'Advance one day', path: '/_sandbox/clock', body: { advance: 86_400_000 } }
  ].filter(({ label }) => !page.actions.some((action) => action.label === label))
  return el(
    'section',
    {},
    el(
      'div',
      { className: 'title' },
      el('h2', {}, page.title),
      el(
        'span',
        { className: 'quiet' },
        `Clock: ${new Date(clock.now).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}`
      )
    ),
    el(
      'details',
      { name: `${name}-rules`, open: objects.length === 0 },
      el('summary', {}, 'Rules'),
      el('ul', { className: 'rules' }, ...page.rules.map((rule) => el('li', {}, rule)))
    ),
    objects.length ? el('ul', {}, ...objects) : el('p', { className: 'quiet' }, 'No data yet.'),
    el('h3', {}, 'Controls'),
    buttons(name, [...page.actions, ...time]),
    deliveriesOf(name, deliveries),
    faultsOf(name, faults),
    el(
      'div',
      { className: 'buttons' },
      button(name, { label: 'Delete all data', path: '/_sandbox/reset' }, true)
    )
  )
}

/** Redraws only what changed, so that polling keeps the focus and open lists. */
function draw(vendor) {
  const text = JSON.stringify({ ...vendor, clock: vendor.clock?.now.slice(0, 16) })
  const old = drawn.get(vendor.name)
  if (old?.text === text) return
  const node = section(vendor)
  if (old) {
    for (const details of old.node.querySelectorAll('details')) {
      const same = node.querySelector(`details[name="${details.name}"]`)
      if (same) same.open = details.open
    }
    const labels = [...old.node.querySelectorAll('button')].map((each) => each.textContent)
    const at = [...old.node.querySelectorAll('button')].indexOf(document.activeElement)
    old.node.replaceWith(node)
    if (at >= 0)
      [...node.querySelectorAll('button')]
        .find((each, index) => index >= at && each.textContent === labels[at])
        ?.focus()
  } else vendors.append(node)
  drawn.set(vendor.name, { text, node })
}

async function refresh() {
  // Keeps text that is being typed.
  if (document.activeElement?.closest('form input, form select')) return
  const state = await fetch('/state').then(
    (response) => response.json(),
    () => null
  )
  if (!state) return say('The console does not respond. Is the app still running?')
  vendors.querySelector(':scope > p')?.remove()
  document.getElementById('app').href = state.appUrl
  if (!state.vendors.length)
    vendors.replaceChildren(el('p', {}, 'Every service is real: no emulator is running.'))
  for (const vendor of state.vendors) draw(vendor)
}

await refresh()
setInterval(refresh, EVERY_MS)
