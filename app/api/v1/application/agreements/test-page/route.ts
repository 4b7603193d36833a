import { handle } from '@/app/api/handle'
import { PangeaService } from '@/lib/services'

/** Open to everybody who has the address: it shows a number and nothing else, and its tab may have no session. */
export const GET = handle(async (request) => {
  const page = PangeaService.openTestPage(new URL(request.url).searchParams.get('page') ?? '')
  const headers = { 'content-type': 'application/pdf', 'content-disposition': 'inline; filename="test-page.pdf"', 'cache-control': 'no-store' }
  return new Response(new Uint8Array(page), { headers })
})
