import { route } from '@/app/_lib/route'
import { env } from '@/lib/platform/env'
import { company } from '@/pangea.config'

const VALID_MS = 180 * 24 * 3_600_000

/** RFC 9116. It must end; a running deployment's contact is right. */
export const GET = route(
  {
    summary: 'Where to report a vulnerability.',
    auth: 'public',
    response: ['text/plain']
  },
  async () => {
    const lines = [
      `Contact: mailto:${company.securityEmail}`,
      `Expires: ${new Date(Date.now() + VALID_MS).toISOString()}`,
      `Canonical: ${env().appUrl}/.well-known/security.txt`,
      'Preferred-Languages: en'
    ]
    return new Response(`${lines.join('\n')}\n`, {
      headers: { 'content-type': 'text/plain; charset=utf-8' }
    })
  }
)
