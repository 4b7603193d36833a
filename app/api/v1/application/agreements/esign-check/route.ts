import { route } from '@/app/_lib/route'
import { TestPageQuery } from '@/lib/api/application'
import { PangeaService } from '@/lib/services'

/** Public: the page shows only a number, and its tab may have no session. */
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
