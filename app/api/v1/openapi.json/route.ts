import { openApiDocument } from '@/app/_lib/openapi/document'
import { route } from '@/app/_lib/route'

export const GET = route(
  {
    summary: 'This document.',
    auth: 'public',
    response: ['application/json']
  },
  async () =>
    Response.json(await openApiDocument(), { headers: { 'cache-control': 'public, max-age=300' } })
)
