import { languageCookie } from '@/app/_lib/formatting'
import { toOwnPath } from '@/app/_lib/redirect-url'
import { route } from '@/app/_lib/route'
import { isLanguage } from '@/lib/domain/text/languages'

/**
 * The language form of the public pages, which have no scripts. Leads back to the page that it was
 * sent from.
 */
export const POST = route(
  {
    summary: 'Choose the language of the pages in this browser.',
    auth: 'public',
    body: 'bytes',
    response: []
  },
  async ({ body, request }) => {
    const language = new URLSearchParams(new TextDecoder().decode(body)).get('language')
    const location = toOwnPath(request.headers.get('referer')) ?? '/'
    const headers = new Headers({ location, 'cache-control': 'no-store' })
    if (isLanguage(language)) headers.set('set-cookie', languageCookie(language))
    return new Response(null, { status: 303, headers })
  }
)
