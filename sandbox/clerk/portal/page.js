/** Mounts the vendor's component that the page names. */
const config = JSON.parse(document.getElementById('config').textContent)
const { Clerk } = window
const loopback = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\]|[a-z0-9-.]+\.localhost)(:\d+)?$/

await Clerk.load({
  ui: { ClerkUI: window.__internal_ClerkUICtor },
  telemetry: false,
  signInUrl: '/sign-in',
  signUpUrl: '/sign-up',
  allowedRedirectOrigins: [loopback, ...config.origins],
  signInFallbackRedirectUrl: config.home,
  signUpFallbackRedirectUrl: config.home,
  afterSignOutUrl: '/sign-in'
})
if (!Clerk.user && !['SignIn', 'SignUp'].includes(config.component)) await Clerk.redirectToSignIn()
else Clerk[`mount${config.component}`](document.getElementById('component'), { routing: 'hash' })
