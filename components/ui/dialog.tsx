'use client'

import clsx from 'clsx'
import { X } from 'lucide-react'
import {
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
  useId,
  useLayoutEffect,
  useRef
} from 'react'

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
 * A window over the page, or beside what it is about, for as long as it is rendered. Its first field has the focus, without fields its heading.
 * Escape and its button close it, after asking where something typed is not saved, and the focus goes back to where it was; a press outside
 * closes only what stands beside.
 */
export function Dialog({ title, onClose, children, position = 'middle' }: Props) {
  const box = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const headingId = useId()
  const styles = POSITIONS[position]
  const unsaved = useUnsavedFields()
  const close = () => {
    if (!unsaved.any() || window.confirm('Discard your unsaved changes?')) onClose()
  }
  // Before the element leaves the page: one that has left gives no focus back.
  useLayoutEffect(() => {
    const element = box.current
    element?.showModal()
    heading.current?.focus()
    return () => element?.close()
  }, [])
  // Some forms wait for an answer of the server, so their fields are looked for with each rendering.
  useLayoutEffect(() => {
    if (document.activeElement === heading.current)
      box.current?.querySelector<HTMLElement>(FIELD_SELECTOR)?.focus()
  })
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
          <span className="sr-only">Close</span>
        </button>
      </div>
      {children}
    </dialog>
  )
}

const FIELD_SELECTOR = ':is(input:not([type=hidden]), select, textarea):enabled'

type PressEvent = Pick<PointerEvent, 'target' | 'currentTarget' | 'clientX' | 'clientY'>

/** A press on what lies behind a dialog, in every browser: `closedby` is not known to all. A text selection that only ends there is none. */
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

/** Which fields of its forms hold something else than before the user came to them. Sending a form starts over. */
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
