'use client'

import { useRef, useState } from 'react'
import { errorMessage } from '@/components/lib/api'

/**
 * A button's way to the server: one request at a time, whether it is running, and the sentence to show if it failed. Forms use `useSubmit`.
 * @param send does the change and what follows a success; a call while one is running does nothing.
 */
export function useMutation<A extends unknown[]>(send: (...input: A) => Promise<unknown>) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const sending = useRef(false)
  const mutate = async (...input: A): Promise<void> => {
    if (sending.current) return
    sending.current = true
    setBusy(true)
    setFailure('')
    try {
      await send(...input)
    } catch (thrown) {
      setFailure(errorMessage(thrown))
    } finally {
      sending.current = false
      setBusy(false)
    }
  }
  return { busy, failure, mutate }
}
