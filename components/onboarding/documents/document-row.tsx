'use client'

import { Camera, Upload } from 'lucide-react'
import { type ChangeEvent, useRef } from 'react'
import { useUpload } from '@/components/onboarding/documents/use-upload'
import { Button } from '@/components/ui/button'
import type { DocumentResponse, DocumentsResponse } from '@/lib/api/responses'
import { documentLabel } from '@/lib/domain/onboarding/documents'

const STATUS_LABELS: Record<string, string> = {
  PENDING_UPLOAD: 'Needed',
  PENDING_REVIEW: 'With Jiko',
  APPROVED: 'Accepted',
  INVALID: 'Needed again'
}

const TONE_CLASS = {
  bad: 'mt-2 text-danger text-sm',
  shown: 'mt-2 text-muted text-sm',
  spoken: 'sr-only'
}

type Props = { document: DocumentResponse; onUploaded: (answered: DocumentsResponse) => void }

/** One document: name, status, reason of a refusal, and upload. */
export function DocumentRow({ document, onUploaded }: Props) {
  const { name, hint } = documentLabel(document.type)
  const { progress, message, send: upload } = useUpload(document.type, onUploaded)
  const busy = progress !== null
  const id = `document-${document.type}`
  return (
    <li className="px-5 py-4" data-document={document.type}>
      <div className="flex items-start justify-between gap-4">
        <div>
          <h3 id={id} className="font-medium text-[0.9375rem]">
            {name}
          </h3>
          <p className="text-muted text-sm">{hint}</p>
        </div>
        <span className="shrink-0 text-muted text-sm">
          {busy ? 'Sending' : (STATUS_LABELS[document.status] ?? 'With Jiko')}
        </span>
      </div>
      {document.reason && !busy && <p className="mt-2 text-danger text-sm">{document.reason}</p>}
      {document.status !== 'APPROVED' && (
        <FilePickers document={document} busy={busy} onSelect={upload} />
      )}
      {busy && (
        <progress
          aria-labelledby={id}
          value={progress}
          max={1}
          className="mt-3 block h-1.5 w-full accent-accent"
        />
      )}
      <p role="status" className={TONE_CLASS[message?.tone ?? 'spoken']}>
        {message?.text ?? ''}
      </p>
    </li>
  )
}

type FilePickersProps = Pick<Props, 'document'> & Pick<FilePickerProps, 'busy' | 'onSelect'>

/** Choosing a file, and the camera where there is one. */
function FilePickers({ document, busy, onSelect }: FilePickersProps) {
  const { name, camera } = documentLabel(document.type)
  // A selfie cannot be a PDF.
  const [file, accept] =
    camera === 'user' ? ['photo', 'image/*'] : ['photo or PDF', 'image/*,application/pdf']
  return (
    <div className="mt-3 grid grid-cols-[repeat(auto-fit,minmax(9.75rem,1fr))] gap-2 sm:flex">
      <FilePicker
        label={`${document.status === 'PENDING_UPLOAD' ? 'Choose' : 'Replace'} ${file}`}
        documentName={name}
        busy={busy}
        onSelect={onSelect}
        accept={accept}
      >
        <Upload aria-hidden="true" className="size-4.5" />
      </FilePicker>
      {/* Where there is no touch screen the browser ignores `capture` and opens files. */}
      <span className="hidden pointer-coarse:grid">
        <FilePicker
          label="Use camera"
          documentName={name}
          busy={busy}
          onSelect={onSelect}
          camera={camera}
        >
          <Camera aria-hidden="true" className="size-4.5" />
        </FilePicker>
      </span>
    </div>
  )
}

type FilePickerProps = {
  label: string
  documentName: string
  busy: boolean
  onSelect: (file: File) => void
  camera?: 'user' | 'environment'
  accept?: string
  children: React.ReactNode
}

/** A button in front of the native file input, which cannot be labeled or styled well. */
function FilePicker({
  label,
  documentName,
  busy,
  onSelect: upload,
  camera,
  accept = 'image/*',
  children
}: FilePickerProps) {
  const field = useRef<HTMLInputElement>(null)
  const onFileChange = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? []
    // Allows choosing the same file again after an error.
    event.target.value = ''
    if (file) upload(file)
  }
  return (
    <>
      <input
        ref={field}
        type="file"
        accept={accept}
        {...(camera ? { capture: camera } : {})}
        tabIndex={-1}
        aria-hidden="true"
        onChange={onFileChange}
        className="sr-only"
        data-camera={camera}
      />
      <Button variant="quiet" busy={busy} onClick={() => field.current?.click()}>
        {children}
        {label}
        <span className="sr-only">for {documentName}</span>
      </Button>
    </>
  )
}
