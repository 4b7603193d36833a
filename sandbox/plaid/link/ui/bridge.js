// Messages to and from the page that opened Link. Nothing is sent before that page has sent our id.

const id = new URLSearchParams(location.search).get('id')
let hostOrigin = null

/** Tells the page that the panel is ready. Contains only the id, so any origin may receive it. */
export const announceReady = () => window.parent.postMessage({ id, type: 'ready' }, '*')

export const tellHost = (type, body) => {
  if (hostOrigin) window.parent.postMessage({ id, type, ...body }, hostOrigin)
}

/** @param handlers by message type: open, close, ask-exit */
export function listenToHost(handlers) {
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || event.data?.id !== id) return
    hostOrigin ??= event.origin
    if (event.origin === hostOrigin) handlers[event.data.type]?.(event.data)
  })
}
