/**
 * Converts photos to what Jiko accepts: PNG, below its size limit, without location and time
 * metadata.
 */
import { isPng, MAX_UPLOAD_BYTES, UPLOAD_TYPE } from '@/lib/domain/onboarding/documents'

const MAX_SIDE = 2_400
const SHRINK_FACTOR = 0.8
const MAX_ATTEMPTS = 8
const MAX_SOURCE_BYTES = 60_000_000

export const UNSUPPORTED_FILE_MESSAGE =
  'This file is not a photo or PDF that we can open. Choose a JPEG, PNG or PDF file.'
export const TOO_LARGE_MESSAGE = 'This file is too large. Choose one under 60 MB.'

/** A file ready to send; `note` says which pages were left out. */
export type PreparedUpload = { image: Blob; note: string | null }

/** Checks and converts a chosen file. @throws Error with a message for the user. */
export async function prepareUpload(file: File): Promise<PreparedUpload> {
  if (file.size === 0) throw new Error('This file is empty. Choose another one.')
  if (file.size > MAX_SOURCE_BYTES) throw new Error(TOO_LARGE_MESSAGE)
  if (await isPdf(file)) return preparePdf(file)
  if (file.type && !file.type.startsWith('image/')) throw new Error(UNSUPPORTED_FILE_MESSAGE)
  const source = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new Error(UNSUPPORTED_FILE_MESSAGE)
  })
  try {
    if (await isReadyToSend(file))
      return { image: new Blob([file], { type: UPLOAD_TYPE }), note: null }
    return { image: await encodeBelowLimit(source, MAX_SIDE), note: null }
  } finally {
    source.close()
  }
}

/** Some phones and mail programs set no type, so the first bytes decide. */
async function isPdf(file: File): Promise<boolean> {
  return file.type === 'application/pdf' || (await file.slice(0, 1_024).text()).includes('%PDF-')
}

async function preparePdf(file: File): Promise<PreparedUpload> {
  const { renderPdf: drawPdf } = await import('@/components/onboarding/documents/render-pdf')
  const { canvas, renderedPages, pageCount } = await drawPdf(file)
  const image = await encodeBelowLimit(canvas, Math.max(canvas.width, canvas.height))
  return {
    image,
    note:
      renderedPages < pageCount
        ? `Only the first ${renderedPages} of ${pageCount} pages were sent.`
        : null
  }
}

async function isReadyToSend(file: File): Promise<boolean> {
  return (
    file.size <= MAX_UPLOAD_BYTES && isPng(new Uint8Array(await file.slice(0, 8).arrayBuffer()))
  )
}

type ImageSource = ImageBitmap | HTMLCanvasElement

async function encodeBelowLimit(source: ImageSource, longestSide: number): Promise<Blob> {
  let scale = Math.min(1, longestSide / Math.max(source.width, source.height))
  for (let n = 0; n < MAX_ATTEMPTS; n++, scale *= SHRINK_FACTOR) {
    const blob = await encode(source, scale)
    if (blob && blob.size <= MAX_UPLOAD_BYTES) return blob
  }
  throw new Error(TOO_LARGE_MESSAGE)
}

function encode(source: ImageSource, scale: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(source.width * scale))
  canvas.height = Math.max(1, Math.round(source.height * scale))
  canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, UPLOAD_TYPE))
}
