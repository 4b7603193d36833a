import type { IncomingMessage } from 'node:http'
import { isPageLanguage, LANGUAGE_COOKIE, negotiateLanguage } from '@/lib/domain/text/languages'
import { isTheme, THEME_COOKIE } from '@/lib/domain/users/preferences'
import type { PageVariant } from '@/lib/platform/http/kept-pages'
import { AuthService } from '@/lib/services'

/** Pages that are read, not used. */
const PATHS = new Set(
  ['', 'accessibility', 'contact', 'fees', 'help', 'privacy', 'security', 'status', 'terms'].map(
    (name) => `/${name}`
  )
)

/**
 * What a public page depends on for a signed-out visitor. @returns null for other pages, for
 * browsers with a session, and for the requests of Next's router.
 */
export function publicPage({ method, url = '', headers }: IncomingMessage): PageVariant | null {
  const path = url.split('?', 1)[0] ?? ''
  if (!(method === 'GET' || method === 'HEAD') || !PATHS.has(path) || headers.rsc) return null
  const cookies = readCookies(headers.cookie)
  if (Number(cookies.get(AuthService.clientUatCookie())) > 0) return null
  const [theme, stored] = [cookies.get(THEME_COOKIE), cookies.get(LANGUAGE_COOKIE)]
  const language = isPageLanguage(stored)
    ? stored
    : negotiateLanguage(headers['accept-language'] ?? null)
  return {
    path,
    headers: {
      cookie: [`${LANGUAGE_COOKIE}=${language}`, isTheme(theme) ? `${THEME_COOKIE}=${theme}` : '']
        .filter(Boolean)
        .join('; ')
    }
  }
}

const readCookies = (header = ''): Map<string, string> =>
  new Map(
    header.split(';').map((pair) => {
      const [name = '', value = ''] = pair.split('=')
      return [name.trim(), value.trim()]
    })
  )
