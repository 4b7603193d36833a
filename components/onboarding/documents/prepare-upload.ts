/**
 * Converts photos to what Jiko accepts: PNG, below its size limit, without location and time
 * metadata.
 */

import { isPng, MAX_UPLOAD_BYTES, UPLOAD_TYPE } from '@/lib/domain/onboarding/documents'
import type { Text } from '@/lib/domain/text/text'

const MAX_SIDE = 2_400
const SHRINK_FACTOR = 0.8
const MAX_ATTEMPTS = 8
const MAX_SOURCE_BYTES = 60_000_000

const UNSUPPORTED_FILE_MESSAGE =
  'This file is not a photo or PDF that we can open. Choose a JPEG, PNG or PDF file.'
const TOO_LARGE_MESSAGE = 'This file is too large. Choose one under 60 MB.'

/** A file ready to send; `note` says which pages were left out. */
export type PreparedUpload = { image: Blob; note: string | null }

/** Checks and converts a chosen file. @throws Error with a message for the user. */
export async function prepareUpload(file: File, text: Text<'onboarding'>): Promise<PreparedUpload> {
  if (file.size === 0) throw new Error(text('This file is empty. Choose another one.'))
  if (file.size > MAX_SOURCE_BYTES) throw new Error(text(TOO_LARGE_MESSAGE))
  if (await isPdf(file)) return preparePdf(file, text)
  if (file.type && !file.type.startsWith('image/')) throw new Error(text(UNSUPPORTED_FILE_MESSAGE))
  const source = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new Error(text(UNSUPPORTED_FILE_MESSAGE))
  })
  try {
    if (await isReadyToSend(file))
      return { image: new Blob([file], { type: UPLOAD_TYPE }), note: null }
    return { image: await encodeBelowLimit(source, MAX_SIDE, text), note: null }
  } finally {
    source.close()
  }
}

/** Some phones and mail programs set no type, so the first bytes decide. */
async function isPdf(file: File): Promise<boolean> {
  return file.type === 'application/pdf' || (await file.slice(0, 1_024).text()).includes('%PDF-')
}

async function preparePdf(file: File, text: Text<'onboarding'>): Promise<PreparedUpload> {
  const { renderPdf: drawPdf } = await import('@/components/onboarding/documents/render-pdf')
  const { canvas, renderedPages, pageCount } = await drawPdf(file, text)
  const image = await encodeBelowLimit(canvas, Math.max(canvas.width, canvas.height), text)
  return {
    image,
    note:
      renderedPages < pageCount
        ? text('Only the first {sent} of {all} pages were sent.', {
            sent: renderedPages,
            all: pageCount
          })
        : null
  }
}

async function isReadyToSend(file: File): Promise<boolean> {
  return (
    file.size <= MAX_UPLOAD_BYTES && isPng(new Uint8Array(await file.slice(0, 8).arrayBuffer()))
  )
}

type ImageSource = ImageBitmap | HTMLCanvasElement

async function encodeBelowLimit(
  source: ImageSource,
  longestSide: number,
  text: Text<'onboarding'>
): Promise<Blob> {
  let scale = Math.min(1, longestSide / Math.max(source.width, source.height))
  for (let n = 0; n < MAX_ATTEMPTS; n++, scale *= SHRINK_FACTOR) {
    const blob = await encode(source, scale)
    if (blob && blob.size <= MAX_UPLOAD_BYTES) return blob
  }
  throw new Error(text(TOO_LARGE_MESSAGE))
}

function encode(source: ImageSource, scale: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(source.width * scale))
  canvas.height = Math.max(1, Math.round(source.height * scale))
  canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, UPLOAD_TYPE))
}
