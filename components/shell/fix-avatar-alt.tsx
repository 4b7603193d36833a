'use client'

import { useEffect } from 'react'

const IMAGES = 'img[class*="cl-avatarImage"][alt]:not([alt=""])'

/** Clerk calls the picture of a user "'s logo". The user's name stands beside it, so it is decoration. */
export function ClerkAvatars() {
  useEffect(() => {
    const mark = () => {
      for (const image of document.querySelectorAll(IMAGES)) image.setAttribute('alt', '')
    }
    mark()
    const watch = new MutationObserver(mark)
    watch.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['alt']
    })
    return () => watch.disconnect()
  }, [])
  return null
}
