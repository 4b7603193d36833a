/** Device trust: on a device where a user has not signed in before, a code by e-mail is asked for after the password. */
import { hasTotp } from '@/sandbox/clerk/factors'
import type { Instance } from '@/sandbox/clerk/instance'
import type { DevBrowserRecord, UserRecord } from '@/sandbox/clerk/records'

export const deviceTrustOn = (instance: Instance): boolean =>
  instance.records.settings.get('device-trust')?.on ?? instance.options.deviceTrust ?? false

/** Never beside a second factor, which proves more. */
export const needsDeviceTrust = (
  instance: Instance,
  device: DevBrowserRecord,
  user: UserRecord
): boolean => deviceTrustOn(instance) && !hasTotp(user) && !device.trustedBy.includes(user.id)

export function trustDevice(instance: Instance, device: DevBrowserRecord, user: UserRecord): void {
  if (!device.trustedBy.includes(user.id))
    instance.records.devBrowsers.put(
      Object.assign(device, { trustedBy: [...device.trustedBy, user.id] })
    )
}
