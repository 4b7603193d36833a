/**
 * Loads Link's script before react-plaid-link does: the library waits without a timeout and never
 * retries.
 */

const PLAID_SCRIPT = 'https://cdn.plaid.com/link/v2/stable/link-initialize.js'
const LOAD_TIMEOUT_MS = 20_000

const loads = new Map<string, Promise<void>>()

/**
 * Resolves once the script has loaded, from the server's URL or Plaid's. A failed or timed-out load
 * can be retried.
 */
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
