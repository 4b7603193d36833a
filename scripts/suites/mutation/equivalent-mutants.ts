/** Every mutant that is accepted as equivalent. */
import type { EquivalentMutant } from '@/scripts/suites/mutation/equivalent'
import { EQUIVALENT_DOMAIN_MUTANTS } from '@/scripts/suites/mutation/equivalent-domain-mutants'
import { EQUIVALENT_REPORT_MUTANTS } from '@/scripts/suites/mutation/equivalent-report-mutants'

const CLERK_WEBHOOK = 'lib/services/clerk/webhook.ts'
const PLAID_WEBHOOK = 'lib/services/plaid/webhook.ts'
const NO_SIGNATURE = 'no signature matches the made-up text either'
const LIFESPANS = 'lib/domain/reports/account-lifespans.ts'
const HISTORY = 'lib/domain/reports/net-worth-history.ts'
const ALWAYS_SET = 'the map has an entry for every account'
const SAME_LENGTH = 'every line has one entry for each day'

export const EQUIVALENT_MUTANTS: readonly EquivalentMutant[] = [
  ...EQUIVALENT_DOMAIN_MUTANTS,
  ...EQUIVALENT_REPORT_MUTANTS,
  {
    file: CLERK_WEBHOOK,
    from: "const id = headers.get('svix-id') ?? ''",
    to: 'const id = headers.get(\'svix-id\') ?? "Stryker was here!"',
    reason: NO_SIGNATURE
  },
  {
    file: CLERK_WEBHOOK,
    from: "const timestamp = headers.get('svix-timestamp') ?? ''",
    to: 'const timestamp = headers.get(\'svix-timestamp\') ?? "Stryker was here!"',
    reason: 'neither text is a time'
  },
  {
    file: CLERK_WEBHOOK,
    from: "const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')",
    to: "const key = Buffer.from(secret.replace(/whsec_/, ''), 'base64')",
    reason: 'a secret has no underscore after its prefix'
  },
  {
    file: CLERK_WEBHOOK,
    from: "const signatures = (headers.get('svix-signature') ?? '')",
    to: 'const signatures = (headers.get(\'svix-signature\') ?? "Stryker was here!")',
    reason: 'neither text starts with a version'
  },
  {
    file: CLERK_WEBHOOK,
    from: '} catch { return null }',
    to: '} catch {}',
    reason: 'null and undefined are both no event'
  },
  {
    file: 'lib/services/jiko/webhook.ts',
    from: "const given = Buffer.from(headers.get('x-jiko-signature') ?? '', 'base64')",
    to: "const given = Buffer.from(headers.get('x-jiko-signature') ?? \"Stryker was here!\", 'base64')",
    reason: NO_SIGNATURE
  },
  {
    file: PLAID_WEBHOOK,
    from: "const token = headers.get('plaid-verification') ?? ''",
    to: 'const token = headers.get(\'plaid-verification\') ?? "Stryker was here!"',
    reason: 'neither text is a token'
  },
  {
    file: PLAID_WEBHOOK,
    from: 'if (!key) throw badSignature()',
    to: 'if (false) throw badSignature()',
    reason: 'verifying without a key fails as a bad signature too'
  },
  {
    file: PLAID_WEBHOOK,
    from: "const { payload } = await compactVerify(token, key, { algorithms: ['ES256'] })",
    to: 'const { payload } = await compactVerify(token, key, {})',
    reason: 'the header was read before, and only ES256 passed'
  },
  {
    file: PLAID_WEBHOOK,
    from: "const result = effect(body.item_id ?? '', body)",
    to: 'const result = effect(body.item_id ?? "Stryker was here!", body)',
    reason: 'an effect without an Item is replaced'
  },
  {
    file: LIFESPANS,
    from: 'if (closed.closedAt === null) continue',
    to: 'if (false) continue',
    reason: 'no account is listed near a time that is not a number'
  },
  {
    file: LIFESPANS,
    from: 'spans.set(closed.id, { since: spans.get(closed.id)?.since ?? null, until: day })',
    to: 'spans.set(closed.id, { since: spans.get(closed.id).since ?? null, until: day })',
    reason: ALWAYS_SET
  },
  {
    file: LIFESPANS,
    from: 'spans.set(successor.id, { since: day, until: spans.get(successor.id)?.until ?? null })',
    to: 'spans.set(successor.id, { since: day, until: spans.get(successor.id).until ?? null })',
    reason: ALWAYS_SET
  },
  {
    file: HISTORY,
    from: 'lines.reduce((sum, line) => sum + (line[n]?.minor ?? 0n), 0n) +',
    to: 'lines.reduce((sum, line) => sum + (line[n].minor ?? 0n), 0n) +',
    reason: SAME_LENGTH
  },
  {
    file: HISTORY,
    from: 'estimated: lines.some((line) => line[n]?.estimated)',
    to: 'estimated: lines.some((line) => line[n].estimated)',
    reason: SAME_LENGTH
  },
  {
    file: HISTORY,
    from: "const known = reportedOn.get(calendar[at] ?? '')",
    to: 'const known = reportedOn.get(calendar[at] ?? "Stryker was here!")',
    reason: 'no balance is reported on a day of this name either'
  },
  {
    file: HISTORY,
    from: 'found.push(absent ? { minor: 0n, estimated: false } : state)',
    to: 'found.push(absent ? {} : state)',
    reason: 'a missing amount counts as zero, and a missing mark as not estimated'
  },
  {
    file: HISTORY,
    from: 'const found: { minor: bigint; estimated: boolean }[] = []',
    to: 'const found: { minor: bigint; estimated: boolean }[] = ["Stryker was here"]',
    reason: 'an entry after the last day is never read'
  }
]
