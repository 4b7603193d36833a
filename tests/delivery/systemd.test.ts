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
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const OURS = ['pangea.service', 'pangea.socket']
const FOLDER = 'etc/systemd/system'
const UNITS = '/usr/lib/systemd/system'
const installed =
  existsSync(UNITS) && spawnSync('systemd-analyze', ['--version']).error === undefined

/** The root folder of a machine without other services. */
let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'pangea-systemd-'))
  const folder = join(root, FOLDER)
  for (const path of [folder, join(root, 'usr/bin'), join(root, 'srv/pangea')])
    mkdirSync(path, { recursive: true })
  for (const unit of OURS) copyFileSync(join('deploy/systemd', unit), join(folder, unit))
  if (installed) cpSync(UNITS, join(root, UNITS), { recursive: true, verbatimSymlinks: true })
  copyFileSync('/bin/sh', join(root, 'usr/bin/node'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe.runIf(installed)('the systemd units', () => {
  it('are enabled for the start of the machine', () => {
    execFileSync('systemctl', [`--root=${root}`, 'enable', 'pangea'], { stdio: 'ignore' })
    const wanted = ['multi-user.target.wants/pangea.service', 'sockets.target.wants/pangea.socket']
    const links = wanted.map((link) => readlinkSync(join(root, FOLDER, link)))
    expect(links.map((link) => basename(link))).toEqual(OURS)
  })

  it('are understood by systemd without a warning', () => {
    const { stderr, status } = spawnSync(
      'systemd-analyze',
      ['verify', `--root=${root}`, '--man=no', ...OURS.map((unit) => join(root, FOLDER, unit))],
      { encoding: 'utf8' }
    )
    const warnings = stderr.split('\n').filter((line) => line.includes('pangea'))
    expect({ warnings, status }).toEqual({ warnings: [], status: 0 })
  })
})
