/** Loads Link's script before react-plaid-link looks for it: the library waits for it without a limit, and never asks twice. */

const PLAID_SCRIPT = 'https://cdn.plaid.com/link/v2/stable/link-initialize.js'
const LOAD_TIMEOUT_MS = 20_000

const loads = new Map<string, Promise<void>>()

/** Resolves once the script at the address that the server named, else Plaid's own, has run. A load that failed or hangs can be tried again. */
export function loadLinkScript(scriptUrl: string | null): Promise<void> {
  const url = scriptUrl ?? PLAID_SCRIPT
  const known = loads.get(url)
  if (known) return known
  const loading = new Promise<void>((resolve, reject) => {
    const script = document.createElement('script')
    script.src = url
    const fail = () => {
      clearTimeout(timer)
      loads.delete(url)
      script.remove()
      reject(new Error('the Link script did not load'))
    }
    const timer = setTimeout(fail, LOAD_TIMEOUT_MS)
    script.onerror = fail
    script.onload = () => {
      clearTimeout(timer)
      resolve()
    }
    document.head.appendChild(script)
  })
  loads.set(url, loading)
  return loading
}
