/** Settings of the instance: how it was started, until a control or the Backend API changes one. */
import type { Instance } from '@/sandbox/clerk/instance'
import type { SettingRecord } from '@/sandbox/clerk/records'

type Setting = SettingRecord['id']

export const isOn = (instance: Instance, id: Setting): boolean =>
  instance.records.settings.get(id)?.on ?? initially(instance, id)

export const turn = (instance: Instance, id: Setting, on: boolean): SettingRecord =>
  instance.records.settings.put({ id, on })

function initially({ options }: Instance, id: Setting): boolean {
  if (id === 'device-trust') return options.deviceTrust ?? false
  return id === 'organizations' && (options.organizations ?? false)
}
