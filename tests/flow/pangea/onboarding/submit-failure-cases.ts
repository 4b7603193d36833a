/** The cells of the submit step under injected faults, with the resulting step of each. */

export type Operation = 'create' | 'apply' | 'read-back'
export type Fault = { name: string; kind: string; times?: number; shape?: 'list' | 'string' }
/** The user's step after the submit: complete, or a step to continue from. */
export type Step = 'through' | 'check' | 'ssn-again' | 'submitting' | 'status'

const FAULTS: Fault[] = [
  { name: 'timeout before the bank took it', kind: 'timeout' },
  { name: 'timeout after the bank took it', kind: 'timeout_after_commit' },
  { name: 'reset', kind: 'reset' },
  { name: '401 expired', kind: '401', times: 1 },
  { name: '404', kind: '404' },
  { name: '409', kind: '409' },
  { name: '422 with a list', kind: '422', shape: 'list' },
  { name: '422 with a sentence', kind: '422', shape: 'string' },
  { name: '429', kind: '429', times: 1 },
  { name: '500', kind: '500' },
  { name: 'HTML', kind: 'html' },
  { name: 'truncated JSON', kind: 'truncated' },
  { name: 'unknown status', kind: 'unknown' }
]
const OPERATIONS: Operation[] = ['create', 'apply', 'read-back']
const REPEATED_KEY_MODES = ['first_answer', 'conflict'] as const
export const PATH = '/api/v1/applications/'

/** The result when every attempt fails the same way. */
const STEP_AFTER_FAILURE: Record<Operation, Step> = {
  create: 'ssn-again',
  apply: 'submitting',
  'read-back': 'status'
}

export function expectedStep(operation: Operation, { kind, times }: Fault): Step {
  if (times || kind === 'unknown') return 'through'
  if (operation === 'create' && kind === '422') return 'check'
  if (operation === 'apply' && (kind === '422' || kind === '404')) return 'check'
  return STEP_AFTER_FAILURE[operation]
}

/** The behaviour of a repeated key matters only when Jiko has received the key. */
const KEY_SEEN_FAULTS = new Set(['timeout_after_commit', 'truncated', '409'])

export const CASES = REPEATED_KEY_MODES.flatMap((key) =>
  OPERATIONS.flatMap((operation) =>
    FAULTS.map((fault) => ({
      operation,
      fault,
      key,
      title: `${operation} × ${fault.name}, repeated key: ${key}`
    }))
  )
).filter(
  ({ operation, fault, key }) =>
    key === 'first_answer' || (operation !== 'read-back' && KEY_SEEN_FAULTS.has(fault.kind))
)

/**
 * Cells whose first application is orphaned at Jiko: it refuses the key without the application, or
 * refused to apply it.
 */
export const leavesOrphan = ({ operation, fault: { kind }, key }: (typeof CASES)[number]) =>
  (operation === 'create' && key === 'conflict' && kind !== '409') ||
  (operation === 'apply' && (kind === '422' || kind === '404'))

/** Title and text of the next page. */
export const SCREENS: Record<Exclude<Step, 'through'>, { title: string; words: RegExp[] }> = {
  check: {
    title: 'Check your answers',
    words: [/could not accept your application/, /then submit again/]
  },
  'ssn-again': {
    title: 'Enter your Social Security number once more',
    words: [/did not confirm that your application arrived/, /never store/, /Submit application/]
  },
  submitting: {
    title: 'Sending your application',
    words: [/can close this page/, /updates by itself/]
  },
  status: {
    title: 'Jiko has your application',
    words: [/nothing you need to do/, /updates by itself/]
  }
}

/** The stored rows. */
export const STORED_STATE: Record<
  Exclude<Step, 'through'>,
  { known: boolean; applied: boolean; keptBody: boolean; busy: string | null }
> = {
  check: { known: false, applied: false, keptBody: false, busy: null },
  'ssn-again': { known: false, applied: false, keptBody: true, busy: null },
  submitting: { known: true, applied: false, keptBody: true, busy: null },
  status: { known: true, applied: true, keptBody: false, busy: null }
}
