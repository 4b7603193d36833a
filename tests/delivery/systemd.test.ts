import { execFileSync, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const UNIT = 'deploy/systemd/pangea.service'
const UNITS = '/usr/lib/systemd/system'
const installed =
  existsSync(UNITS) && spawnSync('systemd-analyze', ['--version']).error === undefined

/** The root folder of a machine without services of its own. */
let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'pangea-systemd-'))
  const folder = join(root, 'etc/systemd/system')
  for (const path of [folder, join(root, 'usr/bin'), join(root, 'srv/pangea')])
    mkdirSync(path, { recursive: true })
  copyFileSync(UNIT, join(folder, 'pangea.service'))
  if (installed) cpSync(UNITS, join(root, UNITS), { recursive: true, verbatimSymlinks: true })
  copyFileSync('/bin/sh', join(root, 'usr/bin/node'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe.runIf(installed)('the systemd unit', () => {
  it('is enabled for the start of the machine', () => {
    execFileSync('systemctl', [`--root=${root}`, 'enable', 'pangea'], { stdio: 'ignore' })
    const link = join(root, 'etc/systemd/system/multi-user.target.wants/pangea.service')
    expect(readlinkSync(link)).toMatch(/pangea\.service$/)
  })

  it('is understood by systemd without a warning', () => {
    const { stderr, status } = spawnSync(
      'systemd-analyze',
      ['verify', `--root=${root}`, '--man=no', join(root, 'etc/systemd/system/pangea.service')],
      { encoding: 'utf8' }
    )
    const warnings = stderr.split('\n').filter((line) => line.includes('pangea'))
    expect({ warnings, status }).toEqual({ warnings: [], status: 0 })
  })
})
