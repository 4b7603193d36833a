'use client'

import { loadClerkUIScript } from '@clerk/shared/loadClerkJsScript'
import type { ClerkUIConstructor, ClerkUIInstance, ComponentControls } from '@clerk/shared/ui'
import { type ClerkSource, notLoadedError } from '@/components/lib/clerk-session'

type ClerkUiParameters = ConstructorParameters<ClerkUIConstructor>
type Use = (ui: ComponentControls) => void
type ScriptSource = ClerkSource & { domain?: string }

const loadedUi = (): ClerkUIConstructor | undefined =>
  (globalThis as { __internal_ClerkUICtor?: ClerkUIConstructor }).__internal_ClerkUICtor

/**
 * Loads the script with Clerk's forms and dialogs; a failed load can be repeated.
 * @throws ApiError clerk_not_loaded.
 */
export async function loadClerkUi({ publishableKey, proxyUrl, domain }: ScriptSource) {
  // A loaded Clerk names its proxy in full, and the loader would make any full address https.
  const proxyPath = proxyUrl?.replace(window.location.origin, '')
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce
  await loadClerkUIScript({
    publishableKey,
    ...(proxyPath ? { proxyUrl: proxyPath } : {}),
    ...(domain ? { domain } : {}),
    ...(nonce ? { nonce } : {})
  }).catch(() => {})
  const ui = loadedUi()
  if (!ui) throw notLoadedError()
  return ui
}

/** Clerk's texts in the language of the page; undefined for its own English. */
const loadLocalization = async () =>
  document.documentElement.lang === 'es'
    ? (await import('@clerk/localizations/es-MX')).esMX
    : undefined

/**
 * Clerk's forms and dialogs, loaded when the first one is shown: most pages show none. Passed to
 * Clerk as `ui`.
 */
export class OnDemandClerkUi implements ClerkUIInstance {
  static version = ''
  version = ''
  readonly #parameters: ClerkUiParameters
  /** Option changes before the script is loaded. */
  #changes: Parameters<ComponentControls['updateProps']>[0] = {}
  #controls: Promise<ComponentControls> | null = null

  constructor(...parameters: ClerkUiParameters) {
    this.#parameters = parameters
  }

  async ensureMounted(hint?: { preloadHint?: string }): Promise<ComponentControls> {
    const show = (use: Use) => void this.#load(hint).then(use, () => {})
    const change = (use: Use) => void this.#controls?.then(use, () => {})
    return {
      mountComponent: (component) => show((ui) => ui.mountComponent(component)),
      openModal: (name, props) => show((ui) => ui.openModal(name, props)),
      openDrawer: (name, props) => show((ui) => ui.openDrawer(name, props)),
      mountImpersonationFab: () => show((ui) => ui.mountImpersonationFab()),
      openProtectCheckModal: (props) => show((ui) => ui.openProtectCheckModal?.(props)),
      prefetch: (component) => show((ui) => ui.prefetch(component)),
      unmountComponent: (component) => change((ui) => ui.unmountComponent(component)),
      closeModal: (name, options) => change((ui) => ui.closeModal(name, options)),
      closeDrawer: (name, options) => change((ui) => ui.closeDrawer(name, options)),
      updateProps: (props) => {
        if (this.#controls) change((ui) => ui.updateProps(props))
        else this.#changes = { ...this.#changes, ...props }
      }
    }
  }

  #load(hint?: { preloadHint?: string }): Promise<ComponentControls> {
    this.#controls ??= this.#mount(hint).catch((thrown: unknown) => {
      this.#controls = null
      throw thrown
    })
    return this.#controls
  }

  async #mount(hint?: { preloadHint?: string }): Promise<ComponentControls> {
    const [getClerk, getEnvironment, options, ...more] = this.#parameters
    const [Ui, localization] = await Promise.all([loadClerkUi(getClerk()), loadLocalization()])
    const ui = new Ui(getClerk, getEnvironment, { ...options, localization }, ...more)
    const controls = await ui.ensureMounted(hint)
    controls.updateProps(this.#changes)
    return controls
  }
}
