'use client'

import clsx from 'clsx'
import { X } from 'lucide-react'
import {
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useId,
  useLayoutEffect,
  useRef
} from 'react'
import { useText } from '#text'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

type Props = {
  title: ReactNode
  onClose: () => void
  children: ReactNode
  position?: keyof typeof POSITIONS
}

const POSITIONS = {
  middle: {
    box: 'm-auto max-h-[calc(100dvh-2rem)] w-[min(32rem,calc(100vw-2rem))] overflow-y-auto rounded-card border bg-raised p-5 shadow-xl backdrop:bg-black/45 sm:p-6',
    head: '',
    title: 'text-xl tracking-[-0.01em]'
  },
  side: {
    box: 'm-0 ml-auto h-dvh max-h-none w-full max-w-md border-l bg-surface p-0 shadow-[0_0_60px_var(--shadow-far)] backdrop:bg-black/40',
    head: 'px-5 pt-5 sm:px-6',
    title: 'text-lg'
  }
} as const

/**
 * A modal dialog or side panel, open while rendered. Focuses its first field, else its heading.
 * Escape and the close button ask before discarding changes; focus returns on close. A click
 * outside closes side panels only.
 */
export function Dialog({ title, onClose, children, position = 'middle' }: Props) {
  const text = useText('common')
  const box = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const headingId = useId()
  const styles = POSITIONS[position]
  const unsaved = useUnsavedFields()
  const close = () => {
    if (!unsaved.any() || window.confirm(text('Discard your unsaved changes?'))) onClose()
  }
  useModal(box, heading)
  const outsidePress = useOutsidePress()
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key for it.
    <dialog
      ref={box}
      aria-labelledby={headingId}
      onPointerDown={outsidePress.note}
      onClick={(event) => position === 'side' && outsidePress.isPressed(event) && close()}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onFocus={unsaved.note}
      onSubmit={unsaved.forget}
      className={clsx('border-line text-left text-ink', styles.box)}
    >
      <div className={clsx('flex items-start justify-between gap-4', styles.head)}>
        <h2
          ref={heading}
          id={headingId}
          tabIndex={-1}
          className={clsx('min-w-0 break-words font-semibold outline-none', styles.title)}
        >
          {title}
        </h2>
        <button
          type="button"
          onClick={close}
          className="-mt-2 -mr-2 inline-flex size-11 shrink-0 items-center justify-center rounded-control hover:bg-sunken"
        >
          <X aria-hidden="true" className="size-5" />
          <span className="sr-only">{text('Close')}</span>
        </button>
      </div>
      {children}
    </dialog>
  )
}

const FIELD_SELECTOR = ':is(input:not([type=hidden]), select, textarea):enabled'

/** Shows the dialog and moves the focus into it. */
function useModal(
  box: RefObject<HTMLDialogElement | null>,
  heading: RefObject<HTMLElement | null>
) {
  // Before removal: a removed dialog does not restore the focus.
  useLayoutEffect(() => {
    const element = box.current
    element?.showModal()
    heading.current?.focus()
    return () => element?.close()
  }, [box, heading])
  // Forms can appear after a response, so fields are looked up with each render.
  useLayoutEffect(() => {
    if (document.activeElement === heading.current)
      box.current?.querySelector<HTMLElement>(FIELD_SELECTOR)?.focus()
  })
}

type PressEvent = Pick<PointerEvent, 'target' | 'currentTarget' | 'clientX' | 'clientY'>

/**
 * Detects clicks on the backdrop, because not every browser has `closedby`. The end of a text
 * selection does not count.
 */
function useOutsidePress() {
  const startedOutside = useRef(false)
  const isOutside = ({ target, currentTarget, clientX: x, clientY: y }: PressEvent) => {
    const { left, right, top, bottom } = currentTarget.getBoundingClientRect()
    return target === currentTarget && (x < left || x > right || y < top || y > bottom)
  }
  return {
    note: (event: PressEvent) => {
      startedOutside.current = isOutside(event)
    },
    isPressed: (event: PressEvent) => startedOutside.current && isOutside(event)
  }
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

const fieldValue = (field: Field): string =>
  field instanceof HTMLInputElement && field.type === 'checkbox' ? `${field.checked}` : field.value

/** The form fields that the user has changed. A submission resets them. */
function useUnsavedFields() {
  const before = useRef(new Map<Field, string>())
  return {
    note: ({ target }: FocusEvent) => {
      const field = target as Element
      if (field.matches('form :is(input, select, textarea)') && !before.current.has(field as Field))
        before.current.set(field as Field, fieldValue(field as Field))
    },
    forget: () => before.current.clear(),
    any: () =>
      [...before.current].some(([field, value]) => field.isConnected && fieldValue(field) !== value)
  }
}

/** Footer of a confirmation dialog: error, cancel and actions. */
export function DialogFooter({
  failure,
  onCancel,
  children
}: {
  failure: ReactNode
  onCancel: () => void
  children: ReactNode
}) {
  const text = useText('common')
  return (
    <>
      {failure && (
        <Notice tone="bad" live className="mt-4">
          {failure}
        </Notice>
      )}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button variant="quiet" onClick={onCancel}>
          {text('Cancel')}
        </Button>
        {children}
      </div>
    </>
  )
}
