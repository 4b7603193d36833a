'use client'

import { useState } from 'react'
import { useText } from '#text'
import { errorMessage, isApiError } from '@/components/lib/api'
import { prepareUpload } from '@/components/onboarding/documents/prepare-upload'
import { uploadFile } from '@/components/onboarding/documents/upload-file'
import type { DocumentsResponse } from '@/lib/api/responses'
import { translateReason } from '@/lib/domain/onboarding/documents'
import type { Text } from '@/lib/domain/text/text'

type UploadMessage = { text: string; tone: 'bad' | 'shown' | 'spoken' }

/** Uploads one document: checked, converted, then sent with progress. The page keeps no copy. */
export function useUpload(type: string, onUploaded: (response: DocumentsResponse) => void) {
  const text = useText('onboarding')
  const [progress, setProgress] = useState<number | null>(null)
  const [message, setMessage] = useState<UploadMessage | null>(null)
  const upload = async (file: File) => {
    setMessage(null)
    setProgress(0)
    try {
      const { image, note } = await prepareUpload(file, text)
      const response = await uploadFile<DocumentsResponse>(
        `/api/v1/application/documents/${encodeURIComponent(type)}`,
        image,
        setProgress
      )
      onUploaded(response)
      setMessage(resultMessage(response, type, note, text))
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
  note: string | null,
  text: Text<'onboarding'>
): UploadMessage {
  const reason = documents.find((document) => document.type === type)?.reason
  if (reason)
    return {
      text: text('Jiko could not use it. {reason}', { reason: translateReason(reason, text) }),
      tone: 'spoken'
    }
  return {
    text: [text('Sent to Jiko.'), note].filter(Boolean).join(' '),
    tone: note ? 'shown' : 'spoken'
  }
}
