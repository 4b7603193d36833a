/** Loads Link's script before react-plaid-link looks for it: the library waits for it without a limit, and never asks twice. */

const PLAID_SCRIPT = 'https://cdn.plaid.com/link/v2/stable/link-initialize.js'
const LIMIT_MS = 20_000

const loads = new Map<string, Promise<void>>()

/** Resolves once the script at the address that the server named, else Plaid's own, has run. A load that failed or hangs can be tried again. */
export function loadLinkScript(named: string | null): Promise<void> {
  const url = named ?? PLAID_SCRIPT
  const known = loads.get(url)
  if (known) return known
  const loading = new Promise<void>((done, failed) => {
    const script = document.createElement('script')
    script.src = url
    const giveUp = () => {
      clearTimeout(limit)
      loads.delete(url)
      script.remove()
      failed(new Error('the Link script did not load'))
    }
    const limit = setTimeout(giveUp, LIMIT_MS)
    script.onerror = giveUp
    script.onload = () => {
      clearTimeout(limit)
      done()
    }
    document.head.appendChild(script)
  })
  loads.set(url, loading)
  return loading
}
