import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { BRAND_STYLE, CANVAS, DARK_CANVAS } from '@/app/_lib/brand-colors'
import { getLanguage, getTheme } from '@/app/_lib/formatting'
import { loadTexts } from '@/app/_lib/text'
import { TextProvider } from '@/components/text/text-provider'
import { inLanguage } from '@/lib/domain/text/languages'
import { env } from '@/lib/platform/env'
import { brand, site } from '@/pangea.config'
import './globals.css'

/** Not preloaded: only account numbers and the API's reference are set in it. */
const GeistMono = localFont({
  src: '../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2',
  variable: '--font-geist-mono',
  adjustFontFallback: false,
  fallback: ['ui-monospace', 'SFMono-Regular', 'Menlo', 'Liberation Mono', 'monospace'],
  weight: '100 900',
  preload: false
})

export async function generateMetadata(): Promise<Metadata> {
  const language = await getLanguage()
  const title = `${brand.name}: ${inLanguage(site.tagline, language)}`
  const description = inLanguage(site.description, language)
  return {
    // A build does not know the public address.
    metadataBase: new URL(env().appUrl),
    title: { default: title, template: `%s - ${brand.name}` },
    description,
    openGraph: { type: 'website', siteName: brand.name, title, description },
    twitter: { card: 'summary_large_image' }
  }
}

export async function generateViewport(): Promise<Viewport> {
  const theme = await getTheme()
  if (theme === 'light' || theme === 'dark')
    return { colorScheme: theme, themeColor: theme === 'light' ? CANVAS : DARK_CANVAS }
  return {
    colorScheme: 'light dark',
    themeColor: [
      { media: '(prefers-color-scheme: light)', color: CANVAS },
      { media: '(prefers-color-scheme: dark)', color: DARK_CANVAS }
    ]
  }
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The script policy has a nonce per request, so pages cannot be prerendered.
  await connection()
  return (
    <html
      lang={await getLanguage()}
      data-theme={await getTheme()}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <head>
        <style>{BRAND_STYLE}</style>
      </head>
      <body className="min-h-dvh antialiased">
        <TextProvider {...(await loadTexts(['common', 'shell']))}>{children}</TextProvider>
      </body>
    </html>
  )
}
