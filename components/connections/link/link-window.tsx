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
  /** The OAuth return URL, if Link was left for a bank's page. */
  receivedRedirectUri?: string
  onSuccess: (publicToken: string, metadata: PlaidLinkOnSuccessMetadata) => void
  onExit: (error: PlaidLinkError | null, metadata: PlaidLinkOnExitMetadata) => void
  onOpen: () => void
  onBlocked: () => void
}

/** Opens Link as soon as it is ready; ends in exactly one of success and exit. */
export function LinkWindow({
  token,
  expiresAt,
  receivedRedirectUri,
  onSuccess,
  onExit,
  onOpen,
  onBlocked
}: Props) {
  // The library keeps the first callbacks, so they read the current ones from a ref.
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
