'use client'

import { type ChangeEvent, useLayoutEffect, useRef } from 'react'

const digitCount = (text: string): number => text.replace(/\D/g, '').length

/** The position behind this many digits. */
function positionAfter(text: string, digits: number): number {
  let position = 0
  for (let seen = 0; seen < digits && position < text.length; position++)
    if (/\d/.test(text[position] ?? '')) seen++
  return position
}

/**
 * Formats a number while it is typed. The cursor stays behind the digit that it was behind.
 * @returns the input's change handler.
 */
export function useTypedFormat(
  format: (typed: string) => string,
  onChange: (formatted: string) => void
) {
  const edited = useRef<{ input: HTMLInputElement; digits: number } | null>(null)
  useLayoutEffect(() => {
    if (!edited.current) return
    const { input, digits } = edited.current
    edited.current = null
    const position = positionAfter(input.value, digits)
    if (input === document.activeElement) input.setSelectionRange(position, position)
  })
  return ({ currentTarget: input }: ChangeEvent<HTMLInputElement>) => {
    const { value, selectionStart } = input
    const formatted = format(value)
    const isAtEnd = selectionStart === null || selectionStart === value.length
    if (formatted !== value && !isAtEnd)
      edited.current = { input, digits: digitCount(value.slice(0, selectionStart)) }
    onChange(formatted)
  }
}
