/** Uploads with progress events, which fetch does not have. */
import { offlineError, parseApiError, renewSession } from '@/components/lib/api'
import { userHeader } from '@/components/lib/document-user'

type UploadResponse = { status: number; json: unknown }

/** @param onProgress sent share of the file, from 0 to 1. @throws ApiError. */
export async function uploadFile<T>(
  path: string,
  file: Blob,
  onProgress: (fraction: number) => void
): Promise<T> {
  const first = await attempt(path, file, onProgress)
  const { status, json } =
    first.status === 401 && (await renewSession()) === 'renewed'
      ? await attempt(path, file, onProgress)
      : first
  if (status >= 200 && status < 300 && json !== null) return json as T
  throw parseApiError(status, json)
}

function attempt(
  path: string,
  file: Blob,
  onProgress: (fraction: number) => void
): Promise<UploadResponse> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('content-type', file.type)
    request.setRequestHeader('accept', 'application/json')
    for (const [name, value] of Object.entries(userHeader())) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = () => resolve({ status: request.status, json: parse(request.responseText) })
    request.onerror = () => reject(offlineError())
    request.send(file)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
