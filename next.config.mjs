import { existsSync } from 'node:fs'

const EVERYWHERE = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin'
}
/** For all but scripts, styles and fonts, which a page loads many of. */
const DOCUMENTS = {
  'cross-origin-opener-policy': 'same-origin-allow-popups',
  // Passkeys are Clerk's; everything else that a page could ask for is switched off.
  'permissions-policy':
    'accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
  'reporting-endpoints': 'csp="/api/csp-report"'
}
/** Other sites may show the preview image. */
const SAME_ORIGIN = { 'cross-origin-resource-policy': 'same-origin' }
/** Pages get their policy in proxy.ts, with a nonce; API responses may load nothing. */
const API = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
}

const list = (headers) => Object.entries(headers).map(([key, value]) => ({ key, value }))

/**
 * `npm run build` asks for a server with only the packages it needs; its paths start at this folder,
 * whatever lock files are above.
 */
const STANDALONE = { output: 'standalone', outputFileTracingRoot: import.meta.dirname }

/** @type {import('next').NextConfig} */
export default {
  ...(process.env.BUILD_STANDALONE ? STANDALONE : {}),
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // Offline navigation waits for the network instead of leaving for the browser's error page.
  experimental: {
    useOffline: true,
    // Writing the cache takes as long as half a build, so only builds after the first do it.
    turbopackFileSystemCacheForBuild: existsSync(`${import.meta.dirname}/.next/BUILD_ID`),
    // Only debuggers read them, and those run on `npm run dev`.
    turbopackSourceMaps: process.env.NODE_ENV !== 'production',
    // scripts/stack/compact-build.ts does it in a tenth of the time.
    serverMinification: false
  },
  // `npm test` checks types; builds do not repeat it.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  serverExternalPackages: ['plaid', 'pg', '@xata.io/client', 'pino', 'nodemailer'],
  // Browsers and crawlers ask for it, whatever a page names.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon/32' }],
  headers: async () => [
    { source: '/:path*', headers: list(EVERYWHERE) },
    { source: '/:path((?!_next/static/).*)', headers: list(DOCUMENTS) },
    { source: '/:path((?!opengraph-image).*)', headers: list(SAME_ORIGIN) },
    // A changed worker is seen at the next visit.
    { source: '/service-worker.js', headers: list({ 'cache-control': 'no-cache' }) },
    // A browser may apply a PDF's policy to its own viewer, which then shows nothing.
    { source: '/api/:path((?!v1/application/agreements/test-page).*)', headers: list(API) }
  ],
  allowedDevOrigins: ['127.0.0.1', 'localhost']
}
