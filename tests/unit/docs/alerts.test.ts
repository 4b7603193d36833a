/** Alert rules, dashboards and runbooks name what exists. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { meters } from '@/lib/platform/telemetry/metrics'

const FOLDER = 'deploy/observability'
const read = (path: string) => readFileSync(path, 'utf8')

type Rule = { alert: string; expr: string; annotations: { runbook: string } }
const rules = (
  JSON.parse(read(join(FOLDER, 'alerts.json'))) as { groups: { rules: Rule[] }[] }
).groups.flatMap((group) => group.rules)

const dashboards = readdirSync(join(FOLDER, 'dashboards')).map((name) => ({
  name,
  text: read(join(FOLDER, 'dashboards', name))
}))

const measured = meters().registry.getMetricsAsArray()
const series = new Set(
  measured.flatMap(({ name, type }) =>
    String(type) === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name]
  )
)
const seriesIn = (text: string) => [...new Set(text.match(/\bpangea_\w+/g) ?? [])]

test.each(rules.map((rule) => ({ ...rule, name: rule.alert })))(
  'every series of the alert $name is measured',
  ({ expr }) => {
    const unknown = seriesIn(expr).filter((name) => !series.has(name))
    expect(unknown).toEqual([])
  }
)

test.each(dashboards)('every series of the dashboard $name is measured', ({ text }) => {
  expect(seriesIn(text).length).toBeGreaterThan(5)
  expect(seriesIn(text).filter((name) => !series.has(name))).toEqual([])
})

test('every alert has a runbook of its name, and every runbook an alert', () => {
  const folder = 'docs/operations/runbooks'
  const titles = readdirSync(folder).map((name) => [
    join(folder, name),
    /^# (\w+)/.exec(read(join(folder, name)))?.[1]
  ])
  const named = new Map(rules.map(({ alert, annotations }) => [annotations.runbook, alert]))
  expect(Object.fromEntries(titles)).toEqual(Object.fromEntries(named))
})

test('every line of the log that a runbook names is written', () => {
  const folder = 'docs/operations/runbooks'
  const named = readdirSync(folder).flatMap((name) =>
    [...read(join(folder, name)).matchAll(/`([a-z_]+\.[a-z_]+)`/g)].map(([, event = '']) => event)
  )
  const sources = ['app', 'lib']
    .flatMap((top) =>
      readdirSync(top, { recursive: true, encoding: 'utf8' }).map((name) => join(top, name))
    )
    .filter((name) => name.endsWith('.ts'))
    .map(read)
  expect(named.length).toBeGreaterThan(4)
  expect(named.filter((event) => !sources.some((text) => text.includes(`'${event}'`)))).toEqual([])
})

test('every alert is tested to fire', () => {
  const { tests } = JSON.parse(read(join(FOLDER, 'alerts.test.json'))) as {
    tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[]
  }
  const fired = tests.flatMap(({ alert_rule_test }) =>
    alert_rule_test.filter(({ exp_alerts }) => exp_alerts.length).map(({ alertname }) => alertname)
  )
  expect([...new Set(fired)].sort()).toEqual([...new Set(rules.map(({ alert }) => alert))].sort())
})

test('the documentation lists every series of ours', () => {
  const documented = read('docs/operations/metrics.md')
  const ours = measured
    .map(({ name }) => name)
    .filter((name) => !/^pangea_(nodejs|process)_/.test(name))
  expect(ours.filter((name) => !documented.includes(`\`${name}\``))).toEqual([])
})
