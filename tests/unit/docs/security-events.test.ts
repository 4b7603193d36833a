/** The security log's events, their table and their alert rules agree. */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { SECURITY_EVENTS } from '@/lib/platform/security-events'

/** https://grafana.com/docs/loki/latest/alert/: the format of Prometheus' rule groups. */
const text = { type: 'string', minLength: 1 }
const RULES_SCHEMA = {
  type: 'object',
  required: ['groups'],
  additionalProperties: false,
  properties: {
    groups: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['name', 'rules'],
        additionalProperties: false,
        properties: { name: text, rules: { type: 'array', items: { $ref: '#/$defs/rule' } } }
      }
    }
  },
  $defs: {
    rule: {
      type: 'object',
      required: ['alert', 'expr', 'labels', 'annotations'],
      additionalProperties: false,
      properties: {
        alert: { type: 'string', pattern: '^[A-Z][A-Za-z]+$' },
        expr: {
          type: 'string',
          pattern:
            '^sum (by \\([a-z_, ]+\\) )?\\(count_over_time\\(\\{app="pangea"\\} .*\\[\\d+[mh]\\]\\)\\) > \\d+$'
        },
        for: { type: 'string', pattern: '^\\d+[smh]$' },
        labels: {
          type: 'object',
          required: ['severity'],
          additionalProperties: false,
          properties: { severity: { enum: ['info', 'warning', 'critical'] }, event_action: text }
        },
        annotations: {
          type: 'object',
          required: ['summary', 'description'],
          additionalProperties: false,
          properties: { summary: text, description: text }
        }
      }
    }
  }
}

type Rule = { expr: string; labels: { event_action?: string } }
// JSON is valid YAML, so no parser is needed.
const rules = JSON.parse(readFileSync('deploy/observability/security-alerts.json', 'utf8')) as {
  groups: { rules: Rule[] }[]
}
const actions = Object.keys(SECURITY_EVENTS).sort()

test('the alert rules have the format of the ruler', () => {
  const validate = new Ajv().compile(RULES_SCHEMA)
  validate(rules)
  expect(validate.errors).toBeNull()
})

test('every event has an alert rule that reads its lines', () => {
  const about = rules.groups
    .flatMap((group) => group.rules)
    .filter((rule) => rule.labels.event_action)
  expect(about.map((rule) => rule.labels.event_action).sort()).toEqual(actions)
  for (const { expr, labels } of about)
    expect(expr).toContain(`event_action="${labels.event_action}"`)
})

test('every event is in the documented table, and no other', () => {
  const table = readFileSync('docs/security/events.md', 'utf8').split('| `event.action` | When')[1]
  const named = [...(table ?? '').matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name)
  expect(named.sort()).toEqual(actions)
})

/** https://www.elastic.co/docs/reference/ecs/ecs-category-field-values-reference */
test('categories and types are values that the Elastic Common Schema allows together', () => {
  const allowed: Record<string, readonly string[]> = {
    authentication: ['start', 'end', 'info'],
    session: ['start', 'end', 'info'],
    api: ['access', 'admin', 'allowed', 'change', 'creation', 'deletion', 'denied', 'info', 'user'],
    iam: ['admin', 'change', 'creation', 'deletion', 'group', 'info', 'user'],
    intrusion_detection: ['allowed', 'denied', 'info']
  }
  for (const [action, { category, type }] of Object.entries(SECURITY_EVENTS))
    expect(allowed[category], action).toContain(type)
})
