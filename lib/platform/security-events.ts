/**
 * The security log's events in terms of the Elastic Common Schema 8.17. docs/security/events.md and
 * deploy/observability/security-alerts.json have an entry for each; a test compares the three.
 */
type EventKind = {
  /** `event.category` and `event.type`: values that the schema allows. */
  category: 'authentication' | 'session' | 'api' | 'iam' | 'intrusion_detection'
  type: 'start' | 'info' | 'denied' | 'access' | 'admin'
  outcome: 'failure' | 'success'
}

export const SECURITY_EVENTS = {
  'session-refused': { category: 'authentication', type: 'start', outcome: 'failure' },
  'step-up-required': { category: 'authentication', type: 'start', outcome: 'failure' },
  'signature-refused': { category: 'authentication', type: 'start', outcome: 'failure' },
  'user-changed': { category: 'session', type: 'info', outcome: 'failure' },
  'access-refused': { category: 'api', type: 'denied', outcome: 'failure' },
  'object-refused': { category: 'api', type: 'denied', outcome: 'failure' },
  'origin-refused': { category: 'intrusion_detection', type: 'denied', outcome: 'failure' },
  'limit-exceeded': { category: 'api', type: 'denied', outcome: 'failure' },
  'admin-access-refused': { category: 'api', type: 'denied', outcome: 'failure' },
  'admin-read': { category: 'api', type: 'access', outcome: 'success' },
  'admin-change': { category: 'iam', type: 'admin', outcome: 'success' }
} as const satisfies Record<string, EventKind>

export type SecurityAction = keyof typeof SECURITY_EVENTS
