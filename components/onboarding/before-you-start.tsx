import { Check } from 'lucide-react'
import { useText } from '#text'
import type { TextKey } from '@/lib/domain/text/text'

const ITEMS: TextKey<'onboarding'>[] = [
  'Your Social Security number',
  'A home address in the US',
  'A US mobile phone, for a code',
  'About five minutes. Your answers are saved as you go'
]

/** Shown above the first question. */
export function BeforeYouStart() {
  const text = useText('onboarding')
  return (
    <section
      aria-labelledby="before-you-start"
      className="mb-7 rounded-card border border-line bg-surface px-5 py-4 text-[0.9375rem] leading-6"
    >
      <h2 id="before-you-start" className="font-medium">
        {text('You’ll need')}
      </h2>
      <ul className="mt-2 grid gap-x-5 gap-y-1 text-muted sm:grid-cols-2">
        {ITEMS.map((item) => (
          <li key={item} className="flex gap-2">
            <Check aria-hidden="true" className="mt-1 size-4 shrink-0 text-accent" />
            {text(item)}
          </li>
        ))}
      </ul>
    </section>
  )
}
