import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { getTheme } from '@/app/_lib/formatting'
import { env } from '@/lib/platform/env'
import './globals.css'

const TITLE = 'Pangea: all your money, in one place'
const DESCRIPTION =
  'Open an account backed by US Treasury bills, add the banks you already have, and see everything you own in one calm place.'

export const metadata: Metadata = {
  title: { default: TITLE, template: '%s - Pangea' },
  description: DESCRIPTION,
  manifest: '/manifest.webmanifest',
  icons: {
    icon: [
      { url: '/icon.svg', type: 'image/svg+xml' },
      { url: '/favicon.ico', sizes: '32x32' }
    ],
    apple: '/icons/apple-touch-icon.png'
  },
  openGraph: { type: 'website', siteName: 'Pangea', title: TITLE, description: DESCRIPTION },
  twitter: { card: 'summary_large_image' }
}

const [LIGHT, DARK] = ['#f7f9f8', '#0d1311']

export async function generateViewport(): Promise<Viewport> {
  const theme = await getTheme()
  if (theme === 'light' || theme === 'dark')
    return { colorScheme: theme, themeColor: theme === 'light' ? LIGHT : DARK }
  return {
    colorScheme: 'light dark',
    themeColor: [
      { media: '(prefers-color-scheme: light)', color: LIGHT },
      { media: '(prefers-color-scheme: dark)', color: DARK }
    ]
  }
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The script policy has a nonce per request, so pages cannot be prerendered.
  await connection()
  return (
    <html
      lang="en"
      data-theme={await getTheme()}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <head>
        {/* Not in `metadata`: it needs the public address, which a build does not know. */}
        <meta property="og:image" content={new URL('/og.png', env().appUrl).href} />
      </head>
      <body className="min-h-dvh antialiased">{children}</body>
    </html>
  )
}
