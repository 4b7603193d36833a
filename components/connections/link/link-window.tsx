'use client'

import { useEffect, useRef } from 'react'
import {
  type PlaidLinkError,
  type PlaidLinkOnExitMetadata,
  type PlaidLinkOnSuccessMetadata,
  usePlaidLink
} from 'react-plaid-link'
import { LinkExpiryNotice } from '@/components/connections/link/link-expiry-notice'

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
  const callbacks = useRef({ onSuccess, onExit, onOpen, onBlocked })
  useEffect(() => {
    callbacks.current = { onSuccess, onExit, onOpen, onBlocked }
  })
  const hasEnded = useRef(false)
  const endOnce = (end: () => void) => {
    if (hasEnded.current) return
    hasEnded.current = true
    end()
  }
  const { open, ready, error } = usePlaidLink({
    token,
    ...(receivedRedirectUri ? { receivedRedirectUri } : {}),
    onSuccess: (publicToken, metadata) => {
      if (publicToken) endOnce(() => callbacks.current.onSuccess(publicToken, metadata))
    },
    onExit: (linkError, metadata) => endOnce(() => callbacks.current.onExit(linkError, metadata))
  })
  const hasOpened = useRef(false)
  useEffect(() => {
    if (!ready || hasOpened.current) return
    hasOpened.current = true
    open()
    callbacks.current.onOpen()
  }, [ready, open])
  useEffect(() => {
    if (error) callbacks.current.onBlocked()
  }, [error])
  return <LinkExpiryNotice expiresAt={expiresAt} />
}
