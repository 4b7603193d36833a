import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { RequestError } from '@/lib/platform/errors'
import { createPngValidator, type PngError } from '@/lib/platform/png'

export const TOO_LARGE = 'This photo is too large. Choose one of up to 4 MB.'

const PNG_FAULTS: Record<PngError, string> = {
  not_png: 'This file is not a PNG picture. Choose a photo.',
  damaged: 'This picture is damaged and cannot be opened. Choose another photo.',
  too_many_pixels: 'This picture has too many pixels. Choose a smaller photo.'
}

/**
 * Validates a PNG while it streams: complete, of the announced length, and without stalling. The
 * last chunk is passed on only after validation and `beforeLast`, so that Jiko never receives a
 * complete invalid file.
 */
export function checkedPicture(
  body: ReadableStream<Uint8Array> | null,
  length: number,
  { stalledAfterMs, beforeLast }: { stalledAfterMs: number; beforeLast: () => Promise<void> }
) {
  let fault: unknown = null
  const fail = (code: 'invalid' | 'too_large', message: string): never => {
    throw new RequestError(code, message)
  }
  async function* check() {
    const png = createPngValidator()
    const source = (body ?? new ReadableStream<Uint8Array>()).getReader()
    let received = 0
    let held: Uint8Array | null = null
    try {
      for (;;) {
        // A read fails when the browser closes the connection.
        const piece = await within(stalledAfterMs, source.read()).catch(() => 'aborted' as const)
        if (piece === 'late' || piece === 'aborted')
          fail(
            'invalid',
            'The upload was interrupted. Check your connection and send the photo again.'
          )
        else if (piece.done) break
        else {
          received += piece.value.byteLength
          if (received > length) fail('too_large', TOO_LARGE)
          const wrong = png.read(piece.value)
          if (wrong) fail('invalid', PNG_FAULTS[wrong])
          if (held) yield held
          held = piece.value
        }
      }
      if (received < length) fail('invalid', 'The upload is incomplete. Send the photo again.')
      const wrong = png.finish()
      if (wrong) fail('invalid', PNG_FAULTS[wrong])
      await beforeLast()
      if (held) yield held
    } catch (thrown) {
      fault = thrown
      throw thrown
    } finally {
      source.cancel().catch(() => undefined)
    }
  }
  const pieces = check()
  const checked = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => void (await pieces.return(undefined))
  })
  return { body: checked, fault: () => fault }
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | 'late'> {
  const timer = new AbortController()
  const late = pause(milliseconds, 'late' as const, { signal: timer.signal }).catch(
    () => 'late' as const
  )
  return Promise.race([promise, late]).finally(() => timer.abort())
}
