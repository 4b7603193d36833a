/** Loads Link's script from the address that the server named, before the library looks for it. */

const loads = new Map<string, Promise<void>>()

/**
 * Resolves once the script has run. Where the server names none, the library loads Plaid's own script itself. A failed load is forgotten,
 * so that asking again asks again.
 */
export function loadLinkScript(url: string | null): Promise<void> {
  if (!url) return Promise.resolve()
  const known = loads.get(url)
  if (known) return known
  const loading = new Promise<void>((done, failed) => {
    const script = document.createElement('script')
    script.src = url
    script.onload = () => done()
    script.onerror = () => {
      loads.delete(url)
      script.remove()
      failed(new Error('the Link script did not load'))
    }
    document.head.appendChild(script)
  })
  loads.set(url, loading)
  return loading
}
