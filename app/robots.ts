import type { MetadataRoute } from 'next'

/** Pages that everyone may read. All others need a sign-in. */
export const PUBLIC_PAGES = ['/docs']

export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', allow: ['/$', ...PUBLIC_PAGES], disallow: '/' } }
}
