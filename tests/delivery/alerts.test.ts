/** The alert rules, by Prometheus' own tool. */
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

const FOLDER = 'deploy/observability'

const promtool = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' })
  return { status, output: `${stdout}${stderr}` }
}

test('promtool accepts the rules', () => {
  const { status, output } = promtool('check', 'rules', `${FOLDER}/alerts.json`)
  expect({ status, output }).toMatchObject({ status: 0 })
})

test('each alert fires for its cause and stays silent otherwise', () => {
  const { status, output } = promtool('test', 'rules', `${FOLDER}/alerts.test.json`)
  expect({ status, output }).toMatchObject({ status: 0 })
})
