'use client'

import { useEffect } from 'react'

const AVATAR_SELECTOR = 'img[class*="cl-avatarImage"][alt]:not([alt=""])'

/** Clerk gives the avatar the alt text "'s logo". The name is beside it, so it is decorative. */
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
