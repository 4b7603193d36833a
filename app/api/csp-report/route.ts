import { route } from '@/app/_lib/route'
import { readCspViolations } from '@/lib/api/operations'
import { warnAtMost } from '@/lib/platform/log'

const LINES_PER_MINUTE = 60

/**
 * Browsers report here what the content security policy refused. Anyone can post, so the log is
 * limited, and keeps only directives and origins.
 */
export const POST = route(
  {
    summary: 'Report a violation of the content security policy.',
    auth: 'public',
    body: 'bytes',
    response: null
  },
  async ({ body }) => {
    for (const { directive, blocked } of readCspViolations(body))
      warnAtMost(LINES_PER_MINUTE, 'csp.violation', { code: directive, type: blocked })
  }
)
