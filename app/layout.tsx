import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { getTheme } from '@/app/_lib/formatting'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Pangea: all your money, in one place', template: '%s - Pangea' },
  description:
    'Open an account backed by US Treasury bills, add the banks you already have, and see everything you own in one calm place.'
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
  // The script policy carries a nonce per request, which a page built ahead of time cannot have.
  await connection()
  return (
    <html
      lang="en"
      data-theme={await getTheme()}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body className="min-h-dvh antialiased">{children}</body>
    </html>
  )
}
