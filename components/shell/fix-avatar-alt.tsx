'use client'

import { useEffect } from 'react'

const AVATAR_SELECTOR = 'img[class*="cl-avatarImage"][alt]:not([alt=""])'

/** Clerk calls the picture of a user "'s logo". The user's name stands beside it, so it is decoration. */
export function FixAvatarAlt() {
  useEffect(() => {
    const clearAltText = () => {
      for (const image of document.querySelectorAll(AVATAR_SELECTOR)) image.setAttribute('alt', '')
    }
    clearAltText()
    const observer = new MutationObserver(clearAltText)
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['alt']
    })
    return () => observer.disconnect()
  }, [])
  return null
}
