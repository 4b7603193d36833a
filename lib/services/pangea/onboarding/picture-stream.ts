import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { RequestError } from '@/lib/platform/errors'
import { createPngValidator, type PngError } from '@/lib/platform/files/png'

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
  options: { stalledAfterMs: number; beforeLast: () => Promise<void> }
) {
  let fault: unknown = null
  const pieces = checkedPieces(body ?? new ReadableStream(), length, options)
  const checked = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await pieces.next().catch((thrown: unknown) => {
        fault = thrown
        throw thrown
      })
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => void (await pieces.return(undefined))
  })
  return { body: checked, fault: () => fault }
}

async function* checkedPieces(
  body: ReadableStream<Uint8Array>,
  length: number,
  { stalledAfterMs, beforeLast }: { stalledAfterMs: number; beforeLast: () => Promise<void> }
) {
  const png = createPngValidator()
  const source = body.getReader()
  let received = 0
  let held: Uint8Array | null = null
  try {
    for (;;) {
      const piece = await readPiece(source, stalledAfterMs)
      if (!piece) break
      received += piece.byteLength
      if (received > length) throw new RequestError('too_large', TOO_LARGE)
      requirePng(png.read(piece))
      if (held) yield held
      held = piece
    }
    if (received < length) throw invalid('The upload is incomplete. Send the photo again.')
    requirePng(png.finish())
    await beforeLast()
    if (held) yield held
  } finally {
    source.cancel().catch(() => undefined)
  }
}

const invalid = (message: string) => new RequestError('invalid', message)

function requirePng(error: PngError | null): void {
  if (error) throw invalid(PNG_FAULTS[error])
}

/** @returns the next piece; null at the end. */
async function readPiece(
  source: ReadableStreamDefaultReader<Uint8Array>,
  stalledAfterMs: number
): Promise<Uint8Array | null> {
  // A read fails when the browser closes the connection.
  const read = await within(stalledAfterMs, source.read()).catch(() => 'aborted' as const)
  if (read === 'late' || read === 'aborted')
    throw invalid('The upload was interrupted. Check your connection and send the photo again.')
  return read.done ? null : read.value
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T | 'late'> {
  const timer = new AbortController()
  const late = pause(milliseconds, 'late' as const, { signal: timer.signal }).catch(
    () => 'late' as const
  )
  return Promise.race([promise, late]).finally(() => timer.abort())
}
