import type { MetadataRoute } from 'next'
import { CANVAS } from '@/app/_lib/brand-colors'
import { brand, colors, site } from '@/pangea.config'

export default function manifest(): MetadataRoute.Manifest {
  const icon = (size: number, purpose?: 'maskable') => ({
    src: `/icon/${size}`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    ...(purpose ? { purpose } : {})
  })
  return {
    name: brand.name,
    short_name: brand.name,
    // One file for all: a browser keeps it when the language changes.
    lang: 'en',
    description: site.description.en,
    id: '/',
    start_url: '/dashboard',
    scope: '/',
    display: 'standalone',
    background_color: CANVAS,
    theme_color: colors.brand[0],
    icons: [icon(192), icon(512), icon(512, 'maskable')]
  }
}
