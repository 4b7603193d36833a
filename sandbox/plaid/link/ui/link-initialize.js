// Defines window.Plaid for the page that loads this script. Every pane lives in an iframe from this script's own origin.
;(() => {
  if (window.Plaid) return
  const self = new URL(document.currentScript.src)
  const base = self.href.replace(/\/link\/v2\/stable\/link-initialize\.js.*$/, '')
  const origin = self.origin
  const VENDOR_SCRIPT = 'https://cdn.plaid.com/link/v2/stable/link-initialize.js'
  let openCount = 0
  let restoreOverflow = () => {}

  // A script element of an unknown type is never fetched or run, but react-plaid-link takes it for the vendor's script, already loaded.
  const marker = document.createElement('script')
  marker.type = 'application/json'
  marker.setAttribute('src', VENDOR_SCRIPT)
  document.head.appendChild(marker)

  const randomId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

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
    // color-scheme has to equal the frame document's own, else browsers paint an opaque canvas behind the panel.
    Object.assign(frame.style, { display: 'none', position: 'fixed', inset: '0', width: '100%', height: '100%', border: '0', zIndex: '2147483647' })
    Object.assign(frame.style, { background: 'transparent', colorScheme: 'light dark' })
    return frame
  }

  // Callbacks are read once, here: changing them on the config object later has no effect, as with the vendor.
  const create = (config) => {
    const { token, receivedRedirectUri, onSuccess, onExit, onEvent, onLoad } = config
    const id = randomId()
    const frame = buildFrame(id)
    let ready = false
    let open = false
    let destroyed = false
    let context = {}
    let waiting = []
    let returnFocus = null

    const send = (type, body) => frame.contentWindow?.postMessage({ id, type, ...body }, origin)

    const attach = () => {
      if (!destroyed && !frame.isConnected) document.body.appendChild(frame)
    }

    const keepFocus = (event) => {
      if (open && event.target !== frame) frame.focus()
    }

    const show = () => {
      send('open', { token, receivedRedirectUri })
      frame.style.display = 'block'
      frame.focus()
    }

    const hide = () => {
      if (!open) return
      open = false
      frame.style.display = 'none'
      document.removeEventListener('focusin', keepFocus)
      unlockScrolling()
      send('close')
      if (returnFocus?.isConnected) returnFocus.focus()
    }

    const deliver = (callback) => {
      const events = waiting
      waiting = []
      const shuffled = context.events === 'shuffled'
      if (shuffled) shuffle(events)
      const before = shuffled ? Math.floor(Math.random() * (events.length + 1)) : events.length
      for (const [name, metadata] of events.slice(0, before)) onEvent?.(name, metadata)
      callback()
      for (const [name, metadata] of events.slice(before)) onEvent?.(name, metadata)
    }

    const finish = (callback) => {
      hide()
      deliver(callback)
    }

    const handlers = {
      ready: () => {
        ready = true
        onLoad?.()
        if (open) show()
      },
      context: (message) => {
        context = message.context
      },
      event: (message) => {
        if (!open) return
        if (message.name === 'OPEN') onEvent?.(message.name, message.metadata)
        else waiting.push([message.name, message.metadata])
      },
      success: (message) => open && finish(() => onSuccess?.(message.publicToken, message.metadata)),
      exit: (message) => open && finish(() => onExit?.(message.error, message.metadata)),
      navigate: (message) => {
        if (open && message.url.startsWith(`${base}/`)) window.location.assign(message.url)
      }
    }

    const onMessage = (event) => {
      if (event.source !== frame.contentWindow || event.origin !== origin || event.data?.id !== id) return
      handlers[event.data.type]?.(event.data)
    }

    window.addEventListener('message', onMessage)
    if (document.body) attach()
    else document.addEventListener('DOMContentLoaded', attach, { once: true })

    return {
      open: () => {
        if (open || destroyed) return
        open = true
        waiting = []
        context = {}
        returnFocus = document.activeElement
        lockScrolling()
        document.addEventListener('focusin', keepFocus)
        if (ready) show()
      },
      exit: (options) => {
        if (!open) return
        if (!options?.force) return send('ask-exit')
        const metadata = { institution: null, status: null, link_session_id: '', request_id: randomId().slice(0, 15), ...context.exit }
        if (context.exitEvent) waiting.push(['EXIT', { ...context.exitEvent, timestamp: new Date().toISOString() }])
        finish(() => onExit?.(null, metadata))
      },
      submit: () => {},
      destroy: () => {
        if (destroyed) return
        hide()
        destroyed = true
        window.removeEventListener('message', onMessage)
        document.removeEventListener('DOMContentLoaded', attach)
        frame.remove()
      }
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
})()
