/** Device trust: after the password, the first sign-in on a device asks for a code by e-mail. */
import { hasTotp } from '@/sandbox/clerk/factors/factors'
import type { Instance } from '@/sandbox/clerk/instance'
import type { DevBrowserRecord, UserRecord } from '@/sandbox/clerk/records'
import { isOn } from '@/sandbox/clerk/settings'

/** Not asked for when the user has a second factor, which is stronger. */
export const needsDeviceTrust = (
  instance: Instance,
  device: DevBrowserRecord,
  user: UserRecord
): boolean =>
  isOn(instance, 'device-trust') && !hasTotp(user) && !device.trustedBy.includes(user.id)

export function trustDevice(instance: Instance, device: DevBrowserRecord, user: UserRecord): void {
  if (!device.trustedBy.includes(user.id))
    instance.records.devBrowsers.put(
      Object.assign(device, { trustedBy: [...device.trustedBy, user.id] })
    )
}
