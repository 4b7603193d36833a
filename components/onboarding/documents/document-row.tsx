'use client'

import { Camera, Upload } from 'lucide-react'
import { type ChangeEvent, type ReactNode, useRef } from 'react'
import { useText } from '#text'
import { useUpload } from '@/components/onboarding/documents/use-upload'
import { Button } from '@/components/ui/button'
import type { DocumentResponse, DocumentsResponse } from '@/lib/api/responses'
import { documentLabel, translateReason } from '@/lib/domain/onboarding/documents'
import type { TextKey } from '@/lib/domain/text/text'

const STATUS_LABELS: Record<string, TextKey<'onboarding'>> = {
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
  const text = useText('onboarding')
  const { name, hint } = documentLabel(document.type, text)
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
          {busy ? text('Sending') : text(STATUS_LABELS[document.status] ?? 'With Jiko')}
        </span>
      </div>
      {document.reason && !busy && (
        <p className="mt-2 text-danger text-sm">{translateReason(document.reason, text)}</p>
      )}
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

type PickerLabels = Record<'first' | 'again', TextKey<'onboarding'>>

const PHOTO_LABELS: PickerLabels = {
  first: 'Choose photo <hidden>for {name}</hidden>',
  again: 'Replace photo <hidden>for {name}</hidden>'
}
const PHOTO_OR_PDF_LABELS: PickerLabels = {
  first: 'Choose photo or PDF <hidden>for {name}</hidden>',
  again: 'Replace photo or PDF <hidden>for {name}</hidden>'
}

const hidden = (part: ReactNode) => (
  <span key="hidden" className="sr-only">
    {part}
  </span>
)

type FilePickersProps = Pick<Props, 'document'> & Pick<FilePickerProps, 'busy' | 'onSelect'>

/** Choosing a file, and the camera where there is one. */
function FilePickers({ document, busy, onSelect }: FilePickersProps) {
  const text = useText('onboarding')
  const { name, camera } = documentLabel(document.type, text)
  // A selfie cannot be a PDF.
  const [labels, accept] =
    camera === 'user' ? [PHOTO_LABELS, 'image/*'] : [PHOTO_OR_PDF_LABELS, 'image/*,application/pdf']
  return (
    <div className="mt-3 grid grid-cols-[repeat(auto-fit,minmax(9.75rem,1fr))] gap-2 sm:flex">
      <FilePicker
        label={text.rich(document.status === 'PENDING_UPLOAD' ? labels.first : labels.again, {
          name,
          hidden
        })}
        busy={busy}
        onSelect={onSelect}
        accept={accept}
      >
        <Upload aria-hidden="true" className="size-4.5" />
      </FilePicker>
      {/* Where there is no touch screen the browser ignores `capture` and opens files. */}
      <span className="hidden pointer-coarse:grid">
        <FilePicker
          label={text.rich('Use camera <hidden>for {name}</hidden>', { name, hidden })}
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
  label: ReactNode
  busy: boolean
  onSelect: (file: File) => void
  camera?: 'user' | 'environment'
  accept?: string
  children: ReactNode
}

/** A button in front of the native file input, which cannot be labeled or styled well. */
function FilePicker({
  label,
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
      </Button>
    </>
  )
}
