/** Photos as the bank takes them: PNG, below its size limit, and without the place and time a camera writes into its files. */
import { looksLikeUpload, MAX_UPLOAD_BYTES, UPLOAD_TYPE } from '@/lib/domain/documents'

const LONGEST_SIDE = 2_400
const SHRINK = 0.8
const TRIES = 8
const LARGEST_SOURCE = 60_000_000

export const NOT_A_PHOTO = 'This file is not a photo that can be opened here. Choose a JPEG or PNG photo. To send a PDF, take a screenshot of the page.'
export const TOO_LARGE = 'This file is too large. Choose a photo of less than 60 MB.'

/** Checks a chosen file and makes it fit to send. @throws Error whose message is a sentence for the person. */
export async function preparePhoto(file: File): Promise<Blob> {
  if (file.size === 0) throw new Error('This file is empty. Choose another one.')
  if (file.size > LARGEST_SOURCE) throw new Error(TOO_LARGE)
  if (file.type && !file.type.startsWith('image/')) throw new Error(NOT_A_PHOTO)
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new Error(NOT_A_PHOTO)
  })
  try {
    if (await fits(file)) return new Blob([file], { type: UPLOAD_TYPE })
    return await redraw(picture)
  } finally {
    picture.close()
  }
}

async function fits(file: File): Promise<boolean> {
  return file.size <= MAX_UPLOAD_BYTES && looksLikeUpload(new Uint8Array(await file.slice(0, 8).arrayBuffer()))
}

async function redraw(picture: ImageBitmap): Promise<Blob> {
  let scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  for (let n = 0; n < TRIES; n++, scale *= SHRINK) {
    const blob = await draw(picture, scale)
    if (blob && blob.size <= MAX_UPLOAD_BYTES) return blob
  }
  throw new Error(TOO_LARGE)
}

function draw(picture: ImageBitmap, scale: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, UPLOAD_TYPE))
}
