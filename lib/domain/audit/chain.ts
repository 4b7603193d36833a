/**
 * The chain of the audit log: which values each keyed digest covers, and the check of a whole log.
 * Values are Postgres text, so that a stored value has one spelling.
 */

/** A keyed digest of these values; null if the key is not configured. */
export type Mac = (keyId: string, parts: readonly (string | null)[]) => string | null

export type Entry = {
  id: string
  actorKind: string
  action: string
  outcome: string
  detail: string
  createdAt: string
}
export type Details = {
  auditId: string
  actorId: string
  userId: string | null
  subject: string | null
  sessionId: string | null
  network: string | null
  reason: string | null
  salt: string
}
export type StoredDetails = Details & { erasedDigest: string | null; erasedKeyId: string | null }
export type Seal = {
  n: string
  auditId: string
  detailsDigest: string
  digest: string
  keyId: string
  createdAt: string
}
export type Checkpoint = {
  n: string
  digest: string
  removed: string
  keyId: string
  signature: string
  createdAt: string
}
/** The end of the chain as published outside of the database. */
export type Head = { n: number; digest: string; keyId: string; at: string }

/** A sealed position with what was found for it. */
export type Link = { seal: Seal; entry: Entry | null; details: StoredDetails | null }

export type AuditProblem = {
  problem:
    | 'entry_changed'
    | 'entry_removed'
    | 'entry_inserted'
    | 'details_changed'
    | 'details_removed'
    | 'details_inserted'
    | 'seal_removed'
    | 'checkpoint_changed'
    | 'checkpoint_removed'
    | 'end_cut_off'
    | 'head_differs'
    | 'unknown_key'
  /** The position in the chain. */
  n: number | null
  auditId: string | null
}

const detailParts = (kind: 'details' | 'erased', of: Details) => [
  kind,
  of.auditId,
  of.actorId,
  of.userId,
  of.subject,
  of.sessionId,
  of.network,
  of.reason,
  of.salt
]
export const detailsMac = (mac: Mac, keyId: string, details: Details): string | null =>
  mac(keyId, detailParts('details', details))
/** Authenticates details whose original values an erasure replaced. */
export const erasedMac = (mac: Mac, keyId: string, details: Details): string | null =>
  mac(keyId, [...detailParts('erased', details), keyId])

export const sealMac = (
  mac: Mac,
  previous: string,
  { n, auditId, detailsDigest, keyId, createdAt }: Omit<Seal, 'digest'>,
  entry: Entry
): string | null =>
  mac(keyId, [
    'entry',
    previous,
    n,
    auditId,
    detailsDigest,
    keyId,
    createdAt,
    entry.id,
    entry.actorKind,
    entry.action,
    entry.outcome,
    entry.detail,
    entry.createdAt
  ])

export const checkpointMac = (
  mac: Mac,
  previous: string,
  { n, digest, removed, keyId, createdAt }: Omit<Checkpoint, 'signature'>
): string | null => mac(keyId, ['checkpoint', previous, n, digest, removed, keyId, createdAt])

type Report = (problem: AuditProblem['problem'], n: number | null, auditId?: string) => void

/** The check of one log: its checkpoints first, then every link in order, then the end. */
export function chainCheck(mac: Mac, checkpoints: readonly Checkpoint[], heads: readonly Head[]) {
  const problems: AuditProblem[] = []
  const report: Report = (problem, n, auditId) =>
    problems.push({ problem, n, auditId: auditId ?? null })
  const start = checkCheckpoints(mac, checkpoints, report)
  const published = new Map(heads.map(({ n, digest }) => [n, digest]))
  let last = start

  const checkHead = (n: number, digest: string) => {
    if ((published.get(n) ?? digest) !== digest) report('head_differs', n)
  }
  checkHead(start.n, start.digest)
  return {
    problems,
    /** Checks the next sealed position. */
    next({ seal, entry, details }: Link): void {
      const n = Number(seal.n)
      if (n !== last.n + 1) report(last.n === 0 ? 'checkpoint_removed' : 'seal_removed', n)
      if (!entry) report('entry_removed', n, seal.auditId)
      else checkEntry(mac, last.digest, seal, entry, report)
      if (!details) report('details_removed', n, seal.auditId)
      else checkDetails(mac, seal, details, report)
      checkHead(n, seal.digest)
      last = { n, digest: seal.digest }
    },
    /** Checks the end; `unsealed` are entries that the job will not seal, because they are backdated. */
    end(unsealed: readonly string[], detailsWithoutEntry: readonly string[]): void {
      for (const id of unsealed) report('entry_inserted', null, id)
      for (const id of detailsWithoutEntry) report('details_inserted', null, id)
      const newest = Math.max(0, ...heads.map(({ n }) => n))
      if (newest > last.n) report('end_cut_off', newest)
    }
  }
}

function checkEntry(mac: Mac, previous: string, seal: Seal, entry: Entry, report: Report): void {
  const expected = sealMac(mac, previous, seal, entry)
  if (expected === null) report('unknown_key', Number(seal.n), seal.auditId)
  else if (expected !== seal.digest) report('entry_changed', Number(seal.n), seal.auditId)
}

function checkDetails(mac: Mac, seal: Seal, details: StoredDetails, report: Report): void {
  const { erasedDigest, erasedKeyId } = details
  const isErased = erasedDigest !== null || erasedKeyId !== null
  const expected = isErased
    ? erasedMac(mac, erasedKeyId ?? '', details)
    : detailsMac(mac, seal.keyId, details)
  if (expected === null) report('unknown_key', Number(seal.n), seal.auditId)
  else if (expected !== (isErased ? erasedDigest : seal.detailsDigest))
    report('details_changed', Number(seal.n), seal.auditId)
}

/** @returns where the chain begins. */
function checkCheckpoints(
  mac: Mac,
  checkpoints: readonly Checkpoint[],
  report: Report
): { n: number; digest: string } {
  let signature = ''
  for (const checkpoint of checkpoints) {
    const expected = checkpointMac(mac, signature, checkpoint)
    if (expected === null) report('unknown_key', Number(checkpoint.n))
    else if (expected !== checkpoint.signature) report('checkpoint_changed', Number(checkpoint.n))
    signature = checkpoint.signature
  }
  const newest = checkpoints.at(-1)
  return newest ? { n: Number(newest.n), digest: newest.digest } : { n: 0, digest: '' }
}
