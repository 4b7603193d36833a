/** Responses of the endpoints for hosts and vendors. */
import { z } from 'zod'

export const WireLive = z.strictObject({ ok: z.literal(true) })
/**
 * Ready if the database accepts writes and the process is not stopping. The rest is reported to the
 * operator only, and does not decide.
 */
export const WireReady = z.strictObject({
  ok: z.boolean(),
  stopping: z.boolean().optional(),
  storage: z.string().optional(),
  encryption: z.unknown().optional(),
  vendors: z.record(z.string(), z.string()).optional()
})
export const WireDrained = z.strictObject({ done: z.number() })
export const WireReceived = z.strictObject({ received: z.literal(true) })

/** One violation in the older format (`report-uri`) or the newer one (`report-to`). */
const CspReport = z.union([
  z
    .object({
      'csp-report': z.object({
        'effective-directive': z.string().optional(),
        'violated-directive': z.string().optional(),
        'blocked-uri': z.string().optional()
      })
    })
    .transform(({ 'csp-report': report }) => ({
      directive: report['effective-directive'] ?? report['violated-directive'],
      blocked: report['blocked-uri']
    })),
  z
    .object({
      type: z.literal('csp-violation'),
      body: z.object({ effectiveDirective: z.string(), blockedURL: z.string().optional() })
    })
    .transform(({ body }) => ({ directive: body.effectiveDirective, blocked: body.blockedURL }))
])

export type CspViolation = { directive: string; blocked: string | null }

/** Reads a browser's report; an unreadable one is empty. URLs are cut to their origin. */
export function readCspViolations(bytes: Uint8Array): CspViolation[] {
  const reports = [parseJson(new TextDecoder().decode(bytes))].flat()
  return reports.flatMap((report) => {
    const { data } = CspReport.safeParse(report)
    if (!data?.directive) return []
    return [{ directive: toDirective(data.directive), blocked: toOrigin(data.blocked) }]
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const toDirective = (text: string) => /^[a-z-]{1,40}/.exec(text)?.[0] ?? 'unknown'
/** Keywords such as `inline` and `eval` stay. */
function toOrigin(blocked: string | undefined): string | null {
  if (!blocked) return null
  if (/^[a-z-]{1,20}$/.test(blocked)) return blocked
  return URL.canParse(blocked) ? new URL(blocked).origin : 'unreadable'
}
