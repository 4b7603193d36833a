import type { MetadataRoute } from 'next'

/** Pages that everyone may read. All others need a sign-in. */
const PUBLIC_PAGES = ['fees', 'security', 'help', 'contact', 'status', 'privacy', 'terms']
  .concat('accessibility', 'docs')
  .map((name) => `/${name}`)

export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', allow: ['/$', ...PUBLIC_PAGES], disallow: '/' } }
}
