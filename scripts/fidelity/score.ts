/** Collects the checks of a replay and prints them per endpoint. */

export const CHECKS = ['status', 'error', 'fields', 'types', 'schema'] as const
export type Check = (typeof CHECKS)[number]

/** One replayed call: what was compared, and what differs. */
export type Call = {
  vendor: 'plaid' | 'clerk'
  endpoint: string
  /** The recording, to find the call again. */
  source: string
  /** Reasons per check; an empty list passed, an absent check did not apply. */
  checks: Partial<Record<Check, string[]>>
}

export type Skipped = { endpoint: string; source: string; why: string }

const isRight = ({ checks }: Call) => Object.values(checks).every((faults) => faults.length === 0)

/** The share of calls without a difference, in percent. */
export function scoreOf(calls: Call[]): number {
  return calls.length ? (calls.filter(isRight).length / calls.length) * 100 : 0
}

function cellOf(calls: Call[], check: Check): string {
  const compared = calls.flatMap(({ checks }) => (checks[check] ? [checks[check]] : []))
  const right = compared.filter((faults) => faults.length === 0)
  return compared.length ? `${right.length}/${compared.length}` : '–'
}

/** A Markdown table: one row per endpoint, right and compared calls per check. */
export function tableOf(calls: Call[]): string {
  const endpoints = [...new Set(calls.map(({ endpoint }) => endpoint))].sort()
  const row = (name: string, some: Call[]) =>
    `| ${[name, `${some.filter(isRight).length}/${some.length}`, ...CHECKS.map((check) => cellOf(some, check))].join(' | ')} |`
  return [
    `| endpoint | right | ${CHECKS.join(' | ')} |`,
    `| --- | --- | ${CHECKS.map(() => '---').join(' | ')} |`,
    ...endpoints.map((name) =>
      row(
        name,
        calls.filter(({ endpoint }) => endpoint === name)
      )
    ),
    row('all', calls)
  ].join('\n')
}

/** Every difference, once per endpoint and check. */
export function differencesOf(calls: Call[]): string[] {
  const lines = calls.flatMap(({ endpoint, source, checks }) =>
    CHECKS.flatMap((check) =>
      (checks[check] ?? []).map((fault) => ({ key: `${endpoint} ${check}: ${fault}`, source }))
    )
  )
  return [...new Set(lines.map(({ key }) => key))].map((key) => {
    const sources = lines.filter((line) => line.key === key)
    return `${key} (${sources.length}×, first in ${sources[0]?.source})`
  })
}
