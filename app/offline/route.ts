import { BRAND_STYLE } from '@/app/_lib/brand-colors'
import { acceptedLanguage } from '@/app/_lib/errors/translate-message'
import { route } from '@/app/_lib/route'
import { textIn } from '@/lib/domain/text/catalogs'
import type { Language } from '@/lib/domain/text/languages'
import { brand } from '@/pangea.config'

const STYLE = `${BRAND_STYLE}:root{color-scheme:light dark;--canvas:light-dark(#f7f9f8,#0d1311);--ink:light-dark(#10201a,#e9f0ec)}
body{background:var(--canvas);color:var(--ink);font:1rem/1.75 system-ui,sans-serif;margin:18vh auto;max-width:34rem;padding:0 1.25rem}
h1{font-size:1.75rem;line-height:1.25;margin:0}a{background:var(--brand);border-radius:.625rem;color:var(--on-brand);display:inline-block;font-weight:500;margin-top:.5rem;padding:.6rem 1.25rem;text-decoration:none}`

/** In one file, because public/service-worker.js stores it to show without a connection. */
export const GET = route(
  {
    summary: 'What an installed app shows without a connection.',
    auth: 'public',
    response: ['text/html']
  },
  async ({ request }) =>
    new Response(page(acceptedLanguage(request)), {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy':
          "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
      }
    })
)

function page(language: Language): string {
  const text = textIn(language, 'shell')
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${toText(text('You’re offline'))} - ${toText(brand.name)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${toText(text('You’re offline'))}</h1>
<p>${toText(text('{brand} needs a connection: nothing about your accounts is stored on this device. Check your connection, then try again.'))}</p>
<p><a href="">${toText(text('Try again'))}</a></p>
</main>
</body>
</html>
`
}

const toText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
