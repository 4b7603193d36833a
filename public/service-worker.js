/**
 * Shows /offline when a page cannot be loaded, and does nothing else: no page, API response or
 * account data is ever stored.
 */
const CACHE = 'offline'
const PAGE = '/offline'

self.addEventListener('install', (event) => {
  event.waitUntil(store().then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { mode, method } = event.request
  if (mode === 'navigate' && method === 'GET')
    event.respondWith(fetch(event.request).catch(showOffline))
})

async function store() {
  const cache = await caches.open(CACHE)
  await cache.add(new Request(PAGE, { cache: 'reload', credentials: 'omit' }))
}

/** Signing out clears what the browser stored, this page too; the next visit stores it again. */
async function showOffline() {
  return (await caches.match(PAGE)) ?? Response.error()
}
