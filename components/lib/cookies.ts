const YEAR_SECONDS = 31_536_000

/**
 * Keeps a value for the server to read with the next request. `document.cookie` also works on plain http and where there is no `cookieStore`.
 * @returns whether the value is new and was kept
 */
export function setCookie(name: string, value: string): boolean {
  const pair = `${name}=${encodeURIComponent(value)}`
  const isSet = () => document.cookie.split('; ').includes(pair)
  if (isSet()) return false
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: WebKit drops what cookieStore sets on plain http.
  document.cookie = `${pair}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`
  return isSet()
}
