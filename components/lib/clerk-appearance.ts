/** Theme of Clerk's components. */
export const clerkAppearance = {
  cssLayerName: 'clerk',
  variables: {
    colorPrimary: 'var(--brand)',
    colorPrimaryForeground: 'var(--on-brand)',
    colorForeground: 'var(--ink)',
    colorMutedForeground: 'var(--muted)',
    colorMuted: 'var(--sunken)',
    colorBackground: 'var(--surface)',
    colorInput: 'var(--surface)',
    colorInputForeground: 'var(--ink)',
    colorNeutral: 'var(--ink)',
    colorDanger: 'var(--danger)',
    colorSuccess: 'var(--positive)',
    colorWarning: 'var(--warn)',
    colorBorder: 'var(--line-strong)',
    colorRing: 'var(--ring)',
    borderRadius: '0.625rem',
    fontFamily: 'var(--font-geist-sans), ui-sans-serif, system-ui, sans-serif',
    fontSize: '0.9375rem'
  },
  elements: {
    rootBox: 'w-full',
    cardBox: 'w-full max-w-full shadow-none border border-line rounded-2xl',
    card: 'shadow-none',
    headerTitle: 'text-xl tracking-[-0.01em]',
    formButtonPrimary:
      'min-h-11 border-0 bg-accent text-on-accent shadow-none after:hidden hover:bg-accent-strong',
    otpCodeFieldInput: 'border border-line-strong bg-canvas shadow-none',
    formFieldInput: 'min-h-11 border border-line-strong shadow-none',
    badge: 'text-ink',
    footerActionLink: 'underline underline-offset-2'
  }
} as const
