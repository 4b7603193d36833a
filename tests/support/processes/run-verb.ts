/**
 * Runs one verb in a process of its own, on the storage and emulators of the environment, so that a
 * test can kill or suspend it: `run-verb.ts VERB USER [ID]`.
 */
import { PangeaService } from '@/lib/services'
import { userActor } from '@/tests/support/actors'
import { pngOf } from '@/tests/support/files/png'

const [verb, userId = '', id = ''] = process.argv.slice(2)
const user = userActor(userId, undefined, {
  firstFactorAge: 0,
  secondFactorAge: null,
  enrolled: false
})
const photo = pngOf(1_200, 800)

const VERBS: Record<string, () => Promise<unknown>> = {
  confirm: () => PangeaService.confirmTransfer(user, id),
  submit: () => PangeaService.onboardUser(user, { ssn: id }),
  upload: () =>
    PangeaService.uploadDocument(user, {
      type: id,
      contentType: 'image/png',
      length: photo.length,
      body: new Blob([new Uint8Array(photo)]).stream()
    })
}

await VERBS[verb ?? '']?.()
