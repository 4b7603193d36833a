import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_PREFERENCES } from '@/lib/domain/users/preferences'
import * as DataService from '@/lib/services/data'
import * as PangeaService from '@/lib/services/pangea'
import { userActor } from '@/tests/support/actors'
import { auditActionsOf, newUser } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

describe('preferences', () => {
  it('have defaults until the user chooses, and a choice leaves the others unchanged', async () => {
    const newcomer = userActor(`user_new_${Date.now()}`)
    expect(await DataService.getPreferences(newcomer)).toEqual(DEFAULT_PREFERENCES)
    await PangeaService.savePreferences(newcomer, { theme: 'dark', timeZone: 'Pacific/Auckland' })
    await PangeaService.savePreferences(newcomer, { locale: 'de-DE' })
    expect(await PangeaService.savePreferences(newcomer, { shortcuts: false })).toEqual({
      theme: 'dark',
      language: null,
      timeZone: 'Pacific/Auckland',
      locale: 'de-DE',
      shortcuts: false,
      emailNotices: true,
      emailsOff: []
    })
    expect(await PangeaService.savePreferences(newcomer, { emailNotices: false })).toMatchObject({
      shortcuts: false,
      emailNotices: false
    })
    expect(
      await PangeaService.savePreferences(newcomer, { emailsOff: ['application'] })
    ).toMatchObject({ emailNotices: false, emailsOff: ['application'] })
    expect(await PangeaService.savePreferences(newcomer, { timeZone: null })).toMatchObject({
      theme: 'dark',
      language: null,
      timeZone: null,
      emailsOff: ['application']
    })
    expect(await DataService.getPreferences(await newUser())).toEqual(DEFAULT_PREFERENCES)
    expect(await auditActionsOf(storage, newcomer)).toContain('preferences.changed')
  })
})
