import type { UserActor } from '@/lib/domain/users/actor'
import { PangeaService } from '@/lib/services'
import { completeDraft, SSN } from '@/tests/support/applicant'
import { pngOf } from '@/tests/support/files/png'
import type { World } from '@/tests/support/world'

/** Users whom Jiko asks for documents, and uploads to it. */
export function documentHelpers(world: () => World) {
  const PHOTO = pngOf(1_200, 800)
  /** A body that arrives in chunks, the first one tiny. */
  const stream = (bytes: Uint8Array) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.subarray(0, 3))
        for (let at = 3; at < bytes.length; at += 700)
          controller.enqueue(bytes.subarray(at, at + 700))
        controller.close()
      }
    })
  const send = (
    user: UserActor,
    type: string,
    bytes = PHOTO,
    more: { length?: number; contentType?: string } = {}
  ) =>
    PangeaService.uploadDocument(user, {
      type,
      contentType: 'image/png',
      length: bytes.length,
      body: stream(bytes),
      ...more
    })
  async function askedForDocuments(): Promise<UserActor> {
    const user = await world().createUser()
    await completeDraft(user, 'Documents')
    await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    await world().settle()
    await PangeaService.onboardUser(user, {})
    return user
  }
  return { PHOTO, stream, send, askedForDocuments }
}
