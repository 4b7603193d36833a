/** Photos as the bank takes them: PNG, below its size limit, and without the place and time a camera writes into its files. */
import { isPng, MAX_UPLOAD_BYTES, UPLOAD_TYPE } from '@/lib/domain/onboarding/documents'

const LONGEST_SIDE = 2_400
const SHRINK = 0.8
const TRIES = 8
const LARGEST_SOURCE = 60_000_000

export const NOT_A_PHOTO =
  'This file is neither a photo nor a PDF that can be opened here. Choose a JPEG, PNG or PDF file.'
export const TOO_LARGE = 'This file is too large. Choose one of less than 60 MB.'

/** A file ready to send; `note` says what was left out of it. */
export type Prepared = { photo: Blob; note: string | null }

/** Checks a chosen file and makes it fit to send. @throws Error whose message tells the user what to do. */
export async function preparePhoto(file: File): Promise<Prepared> {
  if (file.size === 0) throw new Error('This file is empty. Choose another one.')
  if (file.size > LARGEST_SOURCE) throw new Error(TOO_LARGE)
  if (await isPdf(file)) return preparePdf(file)
  if (file.type && !file.type.startsWith('image/')) throw new Error(NOT_A_PHOTO)
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new Error(NOT_A_PHOTO)
  })
  try {
    if (await fits(file)) return { photo: new Blob([file], { type: UPLOAD_TYPE }), note: null }
    return { photo: await redraw(picture, LONGEST_SIDE), note: null }
  } finally {
    picture.close()
  }
}

/** Some phones and mail programs name no type, so the first bytes decide. */
async function isPdf(file: File): Promise<boolean> {
  return file.type === 'application/pdf' || (await file.slice(0, 1_024).text()).includes('%PDF-')
}

async function preparePdf(file: File): Promise<Prepared> {
  const { drawPdf } = await import('@/components/onboarding/documents/render-pdf')
  const { canvas, drawn, pages } = await drawPdf(file)
  const photo = await redraw(canvas, Math.max(canvas.width, canvas.height))
  return {
    photo,
    note: drawn < pages ? `Only the first ${drawn} of ${pages} pages were sent.` : null
  }
}

async function fits(file: File): Promise<boolean> {
  return (
    file.size <= MAX_UPLOAD_BYTES &&
    isPng(new Uint8Array(await file.slice(0, 8).arrayBuffer()))
  )
}

type Picture = ImageBitmap | HTMLCanvasElement

async function redraw(picture: Picture, longestSide: number): Promise<Blob> {
  let scale = Math.min(1, longestSide / Math.max(picture.width, picture.height))
  for (let n = 0; n < TRIES; n++, scale *= SHRINK) {
    const blob = await draw(picture, scale)
    if (blob && blob.size <= MAX_UPLOAD_BYTES) return blob
  }
  throw new Error(TOO_LARGE)
}

function draw(picture: Picture, scale: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, UPLOAD_TYPE))
}
