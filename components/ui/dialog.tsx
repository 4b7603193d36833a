'use client'

import clsx from 'clsx'
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'

type Props = { title: ReactNode; onClose: () => void; children: ReactNode; className?: string }

/** A window over the page, there for as long as it is rendered. Escape closes it, and the focus goes back to where it was. */
export function Dialog({ title, onClose, children, className }: Props) {
  const box = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const element = box.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={box}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      className={clsx(
        'm-auto max-h-[calc(100dvh-2rem)] w-[min(32rem,calc(100vw-2rem))] overflow-y-auto rounded-card border border-line bg-raised p-5 text-ink shadow-xl backdrop:bg-black/45 sm:p-6',
        className
      )}
    >
      <div className="flex items-start justify-between gap-4">
        <h2 id={heading} className="min-w-0 break-words font-semibold text-xl tracking-[-0.01em]">
          {title}
        </h2>
        <button
          type="button"
          onClick={onClose}
          className="-mt-2 -mr-2 inline-flex size-11 shrink-0 items-center justify-center rounded-control hover:bg-sunken"
        >
          <X aria-hidden="true" className="size-5" />
          <span className="sr-only">Close</span>
        </button>
      </div>
      {children}
    </dialog>
  )
}
