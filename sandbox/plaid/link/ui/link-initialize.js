// Defines window.Plaid for the page that loads this script. Every pane lives in an iframe from this
// script's own origin.
// A block, so that its constants are no globals of that page.
if (!window.Plaid) {
  const self = new URL(document.currentScript.src)
  const base = self.href.replace(/\/link\/v2\/stable\/link-initialize\.js.*$/, '')
  const origin = self.origin
  const VENDOR_SCRIPT = 'https://cdn.plaid.com/link/v2/stable/link-initialize.js'
  let openCount = 0
  let restoreOverflow = () => {}

  // A script element of an unknown type is never run, but react-plaid-link takes it for the
  // vendor's script, already loaded.
  const marker = document.createElement('script')
  marker.type = 'application/json'
  marker.setAttribute('src', VENDOR_SCRIPT)
  document.head.appendChild(marker)

  const randomId = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, '0')
    ).join('')

  const lockScrolling = () => {
    openCount += 1
    if (openCount > 1) return
    const before = document.body.style.overflow
    document.body.style.overflow = 'hidden'
    restoreOverflow = () => {
      document.body.style.overflow = before
    }
  }

  const unlockScrolling = () => {
    openCount -= 1
    if (openCount === 0) restoreOverflow()
  }

  const shuffle = (list) => {
    for (let i = list.length - 1; i > 0; i -= 1) {
      const j = Math.floor(Math.random() * (i + 1))
      ;[list[i], list[j]] = [list[j], list[i]]
    }
    return list
  }

  const buildFrame = (id) => {
    const frame = document.createElement('iframe')
    frame.id = `plaid-link-iframe-${id}`
    frame.title = 'Local sandbox: connect a bank account'
    frame.src = `${base}/link/ui?id=${id}`
    // color-scheme must equal the frame document's, else browsers paint an opaque canvas behind the
    // panel.
    Object.assign(frame.style, {
      display: 'none',
      position: 'fixed',
      inset: '0',
      width: '100%',
      height: '100%',
      border: '0',
      zIndex: '2147483647'
    })
    Object.assign(frame.style, { background: 'transparent', colorScheme: 'light dark' })
    return frame
  }

  const send = (link, type, body) =>
    link.frame.contentWindow?.postMessage({ id: link.id, type, ...body }, origin)

  const show = (link) => {
    send(link, 'open', {
      token: link.config.token,
      receivedRedirectUri: link.config.receivedRedirectUri
    })
    link.frame.style.display = 'block'
    link.frame.focus()
  }

  const hide = (link) => {
    if (!link.open) return
    link.open = false
    link.frame.style.display = 'none'
    document.removeEventListener('focusin', link.keepFocus)
    unlockScrolling()
    send(link, 'close')
    if (link.returnFocus?.isConnected) link.returnFocus.focus()
  }

  /**
   * Sends the queued events and the callback, as the vendor does: before it, or shuffled around it.
   */
  const finish = (link, callback) => {
    hide(link)
    const tell = ([name, metadata]) => link.config.onEvent?.(name, metadata)
    const events = link.waiting
    link.waiting = []
    const shuffled = link.context.events === 'shuffled'
    if (shuffled) shuffle(events)
    const before = shuffled ? Math.floor(Math.random() * (events.length + 1)) : events.length
    events.slice(0, before).forEach(tell)
    callback()
    events.slice(before).forEach(tell)
  }

  const receivers = {
    ready: (link) => {
      link.ready = true
      link.config.onLoad?.()
      if (link.open) show(link)
    },
    context: (link, { context }) => {
      link.context = context
    },
    event: (link, { name, metadata }) => {
      if (!link.open) return
      if (name === 'OPEN') link.config.onEvent?.(name, metadata)
      else link.waiting.push([name, metadata])
    },
    success: (link, { publicToken, metadata }) =>
      link.open && finish(link, () => link.config.onSuccess?.(publicToken, metadata)),
    exit: (link, { error, metadata }) =>
      link.open && finish(link, () => link.config.onExit?.(error, metadata)),
    navigate: (link, { url }) => {
      if (link.open && url.startsWith(`${base}/`)) window.location.assign(url)
    }
  }

  const open = (link) => {
    if (link.open || link.destroyed) return
    Object.assign(link, {
      open: true,
      waiting: [],
      context: {},
      returnFocus: document.activeElement
    })
    lockScrolling()
    document.addEventListener('focusin', link.keepFocus)
    if (link.ready) show(link)
  }

  const exit = (link, options) => {
    if (!link.open) return
    if (!options?.force) return send(link, 'ask-exit')
    const metadata = {
      institution: null,
      status: null,
      link_session_id: '',
      request_id: randomId().slice(0, 15),
      ...link.context.exit
    }
    if (link.context.exitEvent)
      link.waiting.push([
        'EXIT',
        { ...link.context.exitEvent, timestamp: new Date().toISOString() }
      ])
    finish(link, () => link.config.onExit?.(null, metadata))
  }

  const destroy = (link) => {
    if (link.destroyed) return
    hide(link)
    link.destroyed = true
    window.removeEventListener('message', link.receive)
    link.frame.remove()
  }

  const create = (config) => {
    const id = randomId()
    // The config is copied: later changes of its callbacks have no effect, as with the vendor.
    const link = {
      id,
      config: { ...config },
      frame: buildFrame(id),
      ready: false,
      open: false,
      destroyed: false,
      context: {},
      waiting: [],
      returnFocus: null
    }
    link.keepFocus = (event) => {
      if (event.target !== link.frame) link.frame.focus()
    }
    link.receive = (event) => {
      if (
        event.source !== link.frame.contentWindow ||
        event.origin !== origin ||
        event.data?.id !== id
      )
        return
      receivers[event.data.type]?.(link, event.data)
    }
    window.addEventListener('message', link.receive)
    const attach = () => link.destroyed || document.body.appendChild(link.frame)
    if (document.body) attach()
    else document.addEventListener('DOMContentLoaded', attach, { once: true })
    return {
      open: () => open(link),
      exit: (options) => exit(link, options),
      submit: () => {},
      destroy: () => destroy(link)
    }
  }

  const createEmbedded = (config, element) => {
    const handler = create(config)
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = 'Choose your bank (local sandbox)'
    Object.assign(button.style, {
      width: '100%',
      padding: '14px 16px',
      borderRadius: '12px',
      border: '1px solid currentColor',
      background: 'transparent',
      font: 'inherit'
    })
    button.addEventListener('click', handler.open)
    element.appendChild(button)
    return {
      destroy: () => {
        handler.destroy()
        button.remove()
      }
    }
  }

  window.Plaid = { create, createEmbedded }
}
