'use client'

import { useState } from 'react'
import { errorMessage, isApiError } from '@/components/lib/api'
import { prepareUpload } from '@/components/onboarding/documents/prepare-upload'
import { uploadFile } from '@/components/onboarding/documents/upload-file'
import type { DocumentsResponse } from '@/lib/api/responses'

type UploadMessage = { text: string; tone: 'bad' | 'shown' | 'spoken' }

/** Uploads one document: checked, converted, then sent with progress. The page keeps no copy. */
export function useUpload(type: string, onUploaded: (response: DocumentsResponse) => void) {
  const [progress, setProgress] = useState<number | null>(null)
  const [message, setMessage] = useState<UploadMessage | null>(null)
  const upload = async (file: File) => {
    setMessage(null)
    setProgress(0)
    try {
      const { image, note } = await prepareUpload(file)
      const response = await uploadFile<DocumentsResponse>(
        `/api/v1/application/documents/${encodeURIComponent(type)}`,
        image,
        setProgress
      )
      onUploaded(response)
      setMessage(resultMessage(response, type, note))
    } catch (thrown) {
      const isLocalError = thrown instanceof Error && !isApiError(thrown)
      setMessage({ text: isLocalError ? thrown.message : errorMessage(thrown), tone: 'bad' })
    } finally {
      setProgress(null)
    }
  }
  return { progress, message, send: (file: File) => void upload(file) }
}

/** Announced to screen readers; the reason is already on the page, the note is not. */
function resultMessage(
  { documents }: DocumentsResponse,
  type: string,
  note: string | null
): UploadMessage {
  const reason = documents.find((document) => document.type === type)?.reason
  if (reason) return { text: `Jiko could not use it. ${reason}`, tone: 'spoken' }
  return {
    text: ['Sent to Jiko.', note].filter(Boolean).join(' '),
    tone: note ? 'shown' : 'spoken'
  }
}
