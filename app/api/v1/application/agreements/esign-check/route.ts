import { route } from '@/app/_lib/route'
import { EsignLinkInput, TestPageQuery } from '@/lib/api/application'
import { PangeaService } from '@/lib/services'

/** Public: the page shows only a link and a number, and its tab may have no session. */
export const GET = route(
  {
    summary: 'The test PDF that shows that the applicant can read documents.',
    auth: 'public',
    query: TestPageQuery,
    errors: ['not_found'],
    response: ['application/pdf']
  },
  async ({ query }) => {
    const file = PangeaService.renderTestPage(query.page)
    const headers = {
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename="test-page.pdf"',
      'cache-control': 'no-store'
    }
    return new Response(new Uint8Array(file), { headers })
  }
)

/** "I can read this": the token of the test page's link is the permission, so it works signed out. */
export const POST = route(
  {
    summary: 'Show that the applicant can read documents, with the link of the test PDF.',
    auth: 'public',
    networkLimit: 'esign',
    body: EsignLinkInput,
    errors: ['conflict', 'not_found'],
    response: null
  },
  async ({ body }) => PangeaService.confirmReadable(body)
)
