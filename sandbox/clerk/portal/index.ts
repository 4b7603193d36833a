/**
 * The account portal: pages for sign-in, sign-up, profile and organizations at the emulator's own
 * address, for apps without such pages. They use the vendor's own browser bundles.
 */
import { readFileSync } from 'node:fs'
import type { Context, Hono } from 'hono'
import { isAllowedOrigin } from '@/sandbox/clerk/allowed-origins'
import { cameThroughProxy } from '@/sandbox/clerk/backend/secret-key'
import { applicationNameOf, type Instance } from '@/sandbox/clerk/instance'

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
const PAGE = read('page.html')
const SCRIPT = read('page.js')

/** The component of each page, by the name of its mount function in clerk-js. */
const PAGES: Record<string, string> = {
  '/sign-in': 'SignIn',
  '/sign-up': 'SignUp',
  '/user': 'UserProfile',
  '/organization': 'OrganizationProfile',
  '/create-organization': 'CreateOrganization'
}

/** Parameters that name the page to return to. */
const RETURN_PARAMS = [
  'redirect_url',
  'sign_in_force_redirect_url',
  'sign_in_fallback_redirect_url',
  'sign_up_force_redirect_url',
  'sign_up_fallback_redirect_url',
  'after_sign_in_url',
  'after_sign_up_url'
]

/** The portal's pages, as the instance's settings name them to clerk-js. */
export function portalUrls({ url, options }: Instance) {
  const home = homeOf(options.allowedOrigins)
  return {
    home_url: home,
    sign_in_url: `${url}/sign-in`,
    sign_up_url: `${url}/sign-up`,
    user_profile_url: `${url}/user`,
    organization_profile_url: `${url}/organization`,
    create_organization_url: `${url}/create-organization`,
    after_sign_in_url: home,
    after_sign_up_url: home,
    after_create_organization_url: home,
    after_leave_organization_url: home,
    after_sign_out_one_url: `${url}/sign-in`,
    after_sign_out_all_url: `${url}/sign-in`,
    after_switch_session_url: home,
    logo_link_url: home
  }
}

const homeOf = ([first]: string[]): string => first ?? ''

export function addPortal(app: Hono, instance: Instance): void {
  if (!instance.options.accountPortal) return
  for (const [path, component] of Object.entries(PAGES))
    app.get(path, (c, next) =>
      cameThroughProxy(c) ? next() : Promise.resolve(pageResponse(c, instance, component))
    )
  app.get('/unauthorized-sign-in', (c) =>
    c.html(
      page(instance, 'Sign-in refused', '<p>This sign-in was refused. You can close the page.</p>')
    )
  )
  app.get('/portal.js', (c) =>
    c.body(SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8' })
  )
  app.get('/', (c, next) =>
    cameThroughProxy(c)
      ? next()
      : Promise.resolve(c.redirect(homeOf(instance.options.allowedOrigins) || '/sign-in'))
  )
}

/** Without the allow list, a link to this page could send a new session to any site. */
function pageResponse(c: Context, instance: Instance, component: string): Response {
  const foreign = RETURN_PARAMS.map((name) => c.req.query(name)).find(
    (target) =>
      target && /^[a-z][a-z0-9+.-]*:|^[/\\]{2}/i.test(target) && !isAllowed(instance, target)
  )
  c.header('cache-control', 'no-store')
  c.header('x-frame-options', 'DENY')
  if (foreign)
    return c.html(
      page(instance, 'Address refused', '<p>This instance may not return to that address.</p>'),
      400
    ) as Response
  return c.html(page(instance, component, bodyOf(instance, component))) as Response
}

const isAllowed = (instance: Instance, target: string) =>
  target.startsWith(instance.url) || isAllowedOrigin(instance, target)

function bodyOf(instance: Instance, component: string): string {
  const config = {
    component,
    home: homeOf(instance.options.allowedOrigins) || '/user',
    origins: [
      ...instance.options.allowedOrigins,
      ...instance.records.origins.all().map((o) => o.id)
    ]
  }
  const key = escapeHtml(instance.options.publishableKey)
  return `<div id="component"></div>
<script type="application/json" id="config">${JSON.stringify(config).replaceAll('<', '\\u003c')}</script>
<script src="/npm/@clerk/ui@1/dist/ui.browser.js"></script>
<script data-clerk-publishable-key="${key}" data-clerk-proxy-url="${escapeHtml(instance.url)}"
  src="/npm/@clerk/clerk-js@6/dist/clerk.browser.js"></script>
<script type="module" src="/portal.js"></script>`
}

const page = (instance: Instance, title: string, body: string): string =>
  PAGE.replace('{title}', () => escapeHtml(`${title} · ${applicationNameOf(instance)}`)).replace(
    '{body}',
    () => body
  )

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
