'use client'

import { useEffect, useRef } from 'react'
import {
  type PlaidLinkError,
  type PlaidLinkOnExitMetadata,
  type PlaidLinkOnSuccessMetadata,
  usePlaidLink
} from 'react-plaid-link'
import { LinkEndNotice } from '@/components/connections/link/link-expiry-notice'

type Props = {
  token: string
  expiresAt: string
  /** The address a bank's own page came back to, where Link was left for it. */
  receivedRedirectUri?: string
  onSuccess: (publicToken: string, metadata: PlaidLinkOnSuccessMetadata) => void
  onExit: (error: PlaidLinkError | null, metadata: PlaidLinkOnExitMetadata) => void
  onOpen: () => void
  /** Link's script is blocked or unreachable. */
  onBlocked: () => void
}

/** Link itself: opens as soon as it is ready and ends in exactly one of success and exit. */
export function LinkWindow({
  token,
  expiresAt,
  receivedRedirectUri,
  onSuccess,
  onExit,
  onOpen,
  onBlocked
}: Props) {
  // The library keeps the callbacks of its first call, so they look up the newest ones here.
  const calls = useRef({ onSuccess, onExit, onOpen, onBlocked })
  useEffect(() => {
    calls.current = { onSuccess, onExit, onOpen, onBlocked }
  })
  const ended = useRef(false)
  const finish = (end: () => void) => {
    if (ended.current) return
    ended.current = true
    end()
  }
  const { open, ready, error } = usePlaidLink({
    token,
    ...(receivedRedirectUri ? { receivedRedirectUri } : {}),
    onSuccess: (publicToken, metadata) => {
      if (publicToken) finish(() => calls.current.onSuccess(publicToken, metadata))
    },
    onExit: (fault, metadata) => finish(() => calls.current.onExit(fault, metadata))
  })
  const opened = useRef(false)
  useEffect(() => {
    if (!ready || opened.current) return
    opened.current = true
    open()
    calls.current.onOpen()
  }, [ready, open])
  useEffect(() => {
    if (error) calls.current.onBlocked()
  }, [error])
  return <LinkEndNotice expiresAt={expiresAt} />
}
