/** Storage, the ledger and the console of the emulator. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type Application, applicationBody, openJikoEmulator, SSN } from '@/tests/support/jiko'

const bank = await openJikoEmulator()
const { control, decided } = bank
afterAll(() => bank.close())
beforeEach(() => bank.reset())

const APPLICATIONS = '/api/v1/applications/'

describe('emulator data', () => {
  it('survives a restart and contains no Social Security number', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'jiko-'))
    const before = await openJikoEmulator({ dataDir, decisionDelay: 60_000 })
    const { id } = (await before.call('POST', APPLICATIONS, applicationBody())).body as Application
    await before.call('POST', `${APPLICATIONS}${id}/apply/`)
    await before.control('/switches', { pocketOnApproval: true })
    await before.close()
    const after = await openJikoEmulator({ dataDir, decisionDelay: 60_000 })
    await after.control('/clock', { advance: 60_000 })
    expect((await after.call('GET', `${APPLICATIONS}${id}/`)).body).toMatchObject({
      status: 'APPROVED'
    })
    expect((await after.control('/ledger')).body).toMatchObject({ pocketCount: 1, portals: 1 })
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile()
    )
    const texts = files.map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
    expect(texts.length).toBeGreaterThan(3)
    for (const text of texts) expect(text).not.toContain(SSN)
    await after.close()
    rmSync(dataDir, { recursive: true })
  })

  it('is listed in the ledger without personal data', async () => {
    await decided()
    const text = JSON.stringify((await control('/ledger')).body)
    for (const word of ['Ada', 'Okafor', 'ada@example.com', '4155550132', 'Market Street', SSN])
      expect(text).not.toContain(word)
  })

  it('is shown on the console with a control for each decision', async () => {
    const { id } = await decided('Review')
    type Console = {
      title: string
      rules: string[]
      objects: {
        id: string
        state: string
        actions: { label: string; path: string; body: object }[]
      }[]
      actions: { path: string; body?: object }[]
    }
    const shown = (await control('/console')).body as Console
    expect(shown.rules.join(' ')).toContain('last name Review')
    const [application] = shown.objects
    expect(application).toMatchObject({
      id,
      state: 'MANUAL_REVIEW',
      actions: [
        { label: 'Approve' },
        { label: 'Reject' },
        { label: 'Ask for documents' },
        { label: 'Manual review' }
      ]
    })
    for (const { path, body } of shown.actions)
      expect((await control(path.replace('/_sandbox', ''), body ?? {})).status).toBe(200)
    const approve = application?.actions[0]
    await control((approve?.path ?? '').replace('/_sandbox', ''), approve?.body)
    // One of the controls moved the clock by more than a token's hour.
    expect((await bank.asAgain()('GET', `/api/v1/applications/${id}/`)).body).toMatchObject({
      status: 'APPROVED'
    })
  })

  it('refuses an unknown switch', async () => {
    expect((await control('/switches', { noSuchSwitch: true })).status).toBe(422)
  })
})
