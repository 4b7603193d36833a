const YEAR_SECONDS = 31_536_000

/**
 * Sets a cookie for the next request. `document.cookie` also works on plain http and without
 * `cookieStore`. @returns whether the value changed and was stored.
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
