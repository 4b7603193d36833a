'use client'

import { useState } from 'react'
import type { DocumentsResponse } from '@/lib/api/responses'
import { isApiError, messageOf } from '@/components/lib/api'
import { preparePhoto } from '@/components/onboarding/documents/prepare-upload'
import { sendFile } from '@/components/onboarding/documents/upload-file'

type Message = { text: string; tone: 'bad' | 'shown' | 'spoken' }

/** One document's way to the bank: checked and prepared here, then sent with progress. Nothing of it stays in the page. */
export function useSend(type: string, onSent: (answered: DocumentsResponse) => void) {
  const [progress, setProgress] = useState<number | null>(null)
  const [message, setMessage] = useState<Message | null>(null)
  const send = async (file: File) => {
    setMessage(null)
    setProgress(0)
    try {
      const { photo, note } = await preparePhoto(file)
      const answered = await sendFile<DocumentsResponse>(
        `/api/v1/application/documents/${encodeURIComponent(type)}`,
        photo,
        setProgress
      )
      onSent(answered)
      setMessage(resultOf(answered, type, note))
    } catch (thrown) {
      const own = thrown instanceof Error && !isApiError(thrown)
      setMessage({ text: own ? thrown.message : messageOf(thrown), tone: 'bad' })
    } finally {
      setProgress(null)
    }
  }
  return { progress, message, send: (file: File) => void send(file) }
}

/** What a screen reader hears; a reason is on the page already, a note is not. */
function resultOf({ documents }: DocumentsResponse, type: string, note: string | null): Message {
  const reason = documents.find((document) => document.type === type)?.reason
  if (reason) return { text: `The bank could not use it. ${reason}`, tone: 'spoken' }
  return {
    text: ['Sent to the bank.', note].filter(Boolean).join(' '),
    tone: note ? 'shown' : 'spoken'
  }
}
