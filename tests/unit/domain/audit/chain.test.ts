import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AuditProblem,
  type Checkpoint,
  chainCheck,
  checkpointMac,
  type Details,
  detailsMac,
  type Entry,
  erasedMac,
  type Head,
  type Link,
  type Mac,
  sealMac
} from '@/lib/domain/audit/chain'

const KEYS: Record<string, string> = { a1: 'first key', a2: 'second key' }
const mac: Mac = (keyId, parts) => {
  const key = KEYS[keyId]
  return key === undefined
    ? null
    : createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url')
}

type Log = {
  checkpoints: Checkpoint[]
  links: Link[]
  heads: Head[]
  backdated: string[]
  alone: string[]
}

const entryOf = (n: number): Entry => ({
  id: `id-${n}`,
  actorKind: 'person',
  action: `action.${n}`,
  outcome: 'success',
  detail: `{"n": ${n}}`,
  createdAt: `17000000${n}.5`
})
const detailsOf = (n: number): Details => ({
  auditId: `id-${n}`,
  actorId: `actor-${n}`,
  userId: `user-${n}`,
  subject: `subject-${n}`,
  sessionId: `session-${n}`,
  network: `192.0.${n}.0`,
  reason: `reason-${n}`,
  salt: `salt-${n}`
})

/** Positions 3 to 8 behind two checkpoints; 6 was erased, 7 and 8 have the second key. */
function wholeLog(): Log {
  const first = { n: '1', digest: 'digest-1', removed: '1', keyId: 'a1', createdAt: '17.1' }
  const signature = checkpointMac(mac, '', first) ?? ''
  const second = { n: '2', digest: 'digest-2', removed: '1', keyId: 'a1', createdAt: '17.2' }
  const checkpoints = [
    { ...first, signature },
    { ...second, signature: checkpointMac(mac, signature, second) ?? '' }
  ]
  let previous = second.digest
  const links = [3, 4, 5, 6, 7, 8].map((n): Link => {
    const keyId = n < 7 ? 'a1' : 'a2'
    const details = detailsOf(n)
    const detailsDigest = detailsMac(mac, keyId, details) ?? ''
    const seal = { n: String(n), auditId: `id-${n}`, detailsDigest, keyId, createdAt: `18.${n}` }
    previous = sealMac(mac, previous, seal, entryOf(n)) ?? ''
    const stored = { ...details, erasedDigest: null, erasedKeyId: null }
    return {
      seal: { ...seal, digest: previous },
      entry: entryOf(n),
      details: n === 6 ? erased(details) : stored
    }
  })
  const heads = [5, 8].map((n) => {
    const { digest = '', keyId = '' } = links.find(({ seal }) => seal.n === String(n))?.seal ?? {}
    return { n, digest, keyId, at: 'now' }
  })
  return { checkpoints, links, heads, backdated: [], alone: [] }
}

function erased(details: Details) {
  const left = { ...details, userId: 'erased:1', sessionId: null, network: null, salt: 'new' }
  return { ...left, erasedKeyId: 'a2', erasedDigest: erasedMac(mac, 'a2', left) }
}

function check({ checkpoints, links, heads, backdated, alone }: Log): AuditProblem[] {
  const chain = chainCheck(mac, checkpoints, heads)
  for (const link of links) chain.next(link)
  chain.end(backdated, alone)
  return chain.problems
}
const changed = (change: (log: Log) => void): AuditProblem[] => {
  const log = wholeLog()
  change(log)
  return check(log)
}
/** The link at a position. */
const at = ({ links }: Log, n: number): Link => {
  const found = links.find(({ seal }) => seal.n === String(n))
  if (!found) throw new Error('no link')
  return found
}
const problem = (name: AuditProblem['problem'], n: number | null, auditId: string | null) => ({
  problem: name,
  n,
  auditId
})

describe('the check of a chain', () => {
  test('finds nothing in a whole one, with and without published heads', () => {
    expect(check(wholeLog())).toEqual([])
    expect(changed((log) => (log.heads = []))).toEqual([])
    expect(check({ checkpoints: [], links: [], heads: [], backdated: [], alone: [] })).toEqual([])
  })

  test('finds a change of any single character of any value', () => {
    const values = (log: Log): [Record<string, unknown>, string][] =>
      [...log.checkpoints, ...log.links.flatMap((link) => [link.seal, link.entry, link.details])]
        .flatMap((row) => (row ? Object.keys(row).map((name) => [row, name]) : []))
        .filter(
          ([row, name]) => typeof (row as Record<string, unknown>)[name as string] === 'string'
        ) as never
    const count = values(wholeLog()).length
    expect(count).toBeGreaterThan(100)
    fc.assert(
      fc.property(fc.nat(count - 1), fc.nat(100), (which, where) => {
        const found = changed((log) => {
          const [row, name] = values(log)[which] ?? [{}, '']
          const text = String(row[name])
          const position = where % text.length
          const other = text[position] === '7' ? '6' : '7'
          row[name] = text.slice(0, position) + other + text.slice(position + 1)
        })
        expect(found).not.toEqual([])
      }),
      { numRuns: 2_000 }
    )
  })

  test.each<[string, (log: Log) => void, ReturnType<typeof problem>[]]>([
    [
      'a changed entry',
      (log) => Object.assign(at(log, 4).entry ?? {}, { action: 'x' }),
      [problem('entry_changed', 4, 'id-4')]
    ],
    ['a missing entry', (log) => (at(log, 4).entry = null), [problem('entry_removed', 4, 'id-4')]],
    [
      'changed details',
      (log) => Object.assign(at(log, 4).details ?? {}, { reason: null }),
      [problem('details_changed', 4, 'id-4')]
    ],
    [
      'missing details',
      (log) => (at(log, 4).details = null),
      [problem('details_removed', 4, 'id-4')]
    ],
    [
      'changed details of an erased user',
      (log) => Object.assign(at(log, 6).details ?? {}, { userId: 'erased:2' }),
      [problem('details_changed', 6, 'id-6')]
    ],
    [
      'the original details with a digest of an erasure',
      (log) => Object.assign(at(log, 4).details ?? {}, { erasedDigest: 'x', erasedKeyId: 'a1' }),
      [problem('details_changed', 4, 'id-4')]
    ],
    [
      'a digest of an erasure without its key',
      (log) => Object.assign(at(log, 4).details ?? {}, { erasedDigest: 'x' }),
      [problem('unknown_key', 4, 'id-4')]
    ],
    [
      'a key of an erasure without a digest',
      (log) => Object.assign(at(log, 4).details ?? {}, { erasedKeyId: 'a1' }),
      [problem('details_changed', 4, 'id-4')]
    ],
    [
      'a missing position',
      (log) => log.links.splice(1, 1),
      [problem('seal_removed', 5, null), problem('entry_changed', 5, 'id-5')]
    ],
    [
      'an unknown key',
      (log) => Object.assign(at(log, 8).seal, { keyId: 'gone' }),
      [problem('unknown_key', 8, 'id-8'), problem('unknown_key', 8, 'id-8')]
    ],
    [
      'a changed checkpoint',
      (log) => Object.assign(log.checkpoints[1] ?? {}, { removed: '2' }),
      [problem('checkpoint_changed', 2, null)]
    ],
    [
      'a missing older checkpoint',
      (log) => log.checkpoints.shift(),
      [problem('checkpoint_changed', 2, null)]
    ],
    [
      'missing checkpoints',
      (log) => (log.checkpoints = []),
      [problem('checkpoint_removed', 3, null), problem('entry_changed', 3, 'id-3')]
    ],
    [
      'a checkpoint under an unknown key',
      (log) => Object.assign(log.checkpoints[1] ?? {}, { keyId: 'gone' }),
      [problem('unknown_key', 2, null)]
    ],
    ['a cut-off end', (log) => log.links.pop(), [problem('end_cut_off', 8, null)]],
    [
      'another published head',
      (log) => Object.assign(log.heads[0] ?? {}, { digest: 'x' }),
      [problem('head_differs', 5, null)]
    ],
    [
      'another head at the checkpoint',
      (log) => log.heads.push({ n: 2, digest: 'x', keyId: 'a1', at: '' }),
      [problem('head_differs', 2, null)]
    ],
    [
      'entries that were not sealed in time',
      (log) => log.backdated.push('id-9'),
      [problem('entry_inserted', null, 'id-9')]
    ],
    [
      'details without an entry',
      (log) => log.alone.push('id-9'),
      [problem('details_inserted', null, 'id-9')]
    ]
  ])('names %s', (_, change, problems) => {
    expect(changed(change)).toEqual(problems)
  })

  test('accepts a head from before the checkpoint, which nothing can be compared with', () => {
    expect(changed((log) => log.heads.push({ n: 1, digest: 'x', keyId: 'a1', at: '' }))).toEqual([])
  })
})

describe('the digests', () => {
  /** Shows what a digest covers. */
  const shown: Mac = (keyId, parts) => `${keyId}:${JSON.stringify(parts)}`

  test('cover these values in this order, so that a stored log stays valid', () => {
    const seal = { n: '7', auditId: 'id-7', detailsDigest: 'd', keyId: 'a1', createdAt: '18.7' }
    const checkpoint = { n: '2', digest: 'c', removed: '1', keyId: 'a1', createdAt: '17.2' }
    const details = [
      'id-7',
      'actor-7',
      'user-7',
      'subject-7',
      'session-7',
      '192.0.7.0',
      'reason-7',
      'salt-7'
    ]
    const shownAs = (parts: string[]) => `a1:${JSON.stringify(parts)}`
    expect(detailsMac(shown, 'a1', detailsOf(7))).toBe(shownAs(['details', ...details]))
    expect(erasedMac(shown, 'a1', detailsOf(7))).toBe(shownAs(['erased', ...details, 'a1']))
    expect(sealMac(shown, 'before', seal, entryOf(7))).toBe(
      shownAs([
        'entry',
        'before',
        '7',
        'id-7',
        'd',
        'a1',
        '18.7',
        'id-7',
        'person',
        'action.7',
        'success',
        '{"n": 7}',
        '170000007.5'
      ])
    )
    expect(checkpointMac(shown, 'before', checkpoint)).toBe(
      shownAs(['checkpoint', 'before', '2', 'c', '1', 'a1', '17.2'])
    )
  })

  test('of the first entry follow an empty one', () => {
    const seal = { n: '1', auditId: 'id-1', detailsDigest: '', keyId: 'a1', createdAt: '18.1' }
    const detailsDigest = detailsMac(mac, 'a1', detailsOf(1)) ?? ''
    const digest = sealMac(mac, '', { ...seal, detailsDigest }, entryOf(1)) ?? ''
    const details = { ...detailsOf(1), erasedDigest: null, erasedKeyId: null }
    const link = { seal: { ...seal, detailsDigest, digest }, entry: entryOf(1), details }
    expect(check({ checkpoints: [], links: [link], heads: [], backdated: [], alone: [] })).toEqual(
      []
    )
  })
})
