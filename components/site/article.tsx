import type { ReactNode } from 'react'

/** A public page of text. */
export function Article({
  title,
  intro,
  children
}: {
  title: string
  intro?: ReactNode
  children: ReactNode
}) {
  return (
    <article>
      <h1 className="font-semibold text-[2rem] leading-10 tracking-[-0.02em]">{title}</h1>
      {intro && <p className="mt-4 text-lg text-muted leading-8">{intro}</p>}
      <div className="mt-8 space-y-8">{children}</div>
    </article>
  )
}

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="font-semibold text-xl tracking-[-0.01em]">{title}</h2>
      <div className="mt-2 space-y-3 leading-7 [&_a]:underline [&_a]:underline-offset-2">
        {children}
      </div>
    </section>
  )
}
