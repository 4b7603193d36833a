import { useText } from '#text'

export function SkipLink() {
  const text = useText('shell')
  return (
    <a
      href="#main"
      className="sr-only rounded-control bg-accent px-4 py-3 font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50"
    >
      {text('Skip to main content')}
    </a>
  )
}

export function NoScriptNotice() {
  const text = useText('shell')
  return (
    <noscript>
      <p className="border-warn/30 border-b bg-warn-soft px-5 py-3 text-center">
        {text(
          '{brand} needs JavaScript to work. Turn it on in your browser, then load this page again.'
        )}
      </p>
    </noscript>
  )
}
