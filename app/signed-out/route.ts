import { toOwnPath } from '@/app/_lib/redirect-url'
import { route } from '@/app/_lib/route'

/**
 * Signing out leads here: the browser drops cached responses and stored data of the user, and then
 * loads a new document. Cookies stay, because Clerk keeps the trusted device in one.
 */
export const GET = route(
  { summary: 'Clear what the browser stored of the last user.', auth: 'public', response: [] },
  async ({ request }) => {
    const back = toOwnPath(new URL(request.url).searchParams.get('redirect_url'))
    const location = back ? `/sign-in?redirect_url=${encodeURIComponent(back)}` : '/'
    const headers = new Headers({ location, 'cache-control': 'no-store' })
    if (isOwnNavigation(request)) headers.set('clear-site-data', '"cache", "storage"')
    return new Response(null, { status: 303, headers })
  }
)

/** Another site must not clear what a user is typing here. Old browsers do not say. */
function isOwnNavigation({ headers }: Request): boolean {
  const site = headers.get('sec-fetch-site') ?? 'same-origin'
  const mode = headers.get('sec-fetch-mode') ?? 'navigate'
  return ['same-origin', 'none'].includes(site) && mode === 'navigate'
}
