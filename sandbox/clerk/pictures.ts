/** Pictures of users and organizations, kept as data URIs. */
import { apiError, missingParam } from '@/sandbox/clerk/errors'
import type { Params } from '@/sandbox/clerk/frontend/caller'

const MAX_BYTES = 10 * 1024 * 1024
const TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp']

/** The uploaded `file`: of a form, or a data URI. @throws ClerkApiError */
export async function readPicture(params: Params): Promise<string> {
  const { file } = params
  if (typeof file === 'string' && file.startsWith('data:')) {
    requireAccepted(/^data:([\w/]+);base64,/.exec(file)?.[1] ?? '', (file.length * 3) / 4)
    return file
  }
  if (!(file instanceof Blob)) throw missingParam('file')
  requireAccepted(file.type, file.size)
  const content = Buffer.from(await file.arrayBuffer()).toString('base64')
  return `data:${file.type};base64,${content}`
}

function requireAccepted(type: string, bytes: number): void {
  if (!TYPES.includes(type))
    throw apiError(
      400,
      'avatar_file_type_invalid',
      'File type not supported.',
      'Please upload a JPG, PNG, GIF, or WEBP image.',
      'file'
    )
  if (bytes > MAX_BYTES)
    throw apiError(
      413,
      'avatar_file_size_exceeded',
      'File size exceeds the maximum limit of 10MB.',
      undefined,
      'file'
    )
}
