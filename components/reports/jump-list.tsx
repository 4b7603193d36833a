import { useText } from '#text'

type Props = { sections: readonly (readonly [id: string, label: string])[] }

/** Links to the sections of a long page, on phones. */
export function JumpList({ sections }: Props) {
  const text = useText('reports')
  if (sections.length < 3) return null
  return (
    <nav
      aria-label={text('On this page')}
      className="-mx-5 mt-4 overflow-x-auto px-5 [scrollbar-width:none] lg:hidden print:hidden"
    >
      <ul className="flex w-max gap-2 py-1">
        {sections.map(([id, label]) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="inline-flex min-h-9 items-center rounded-full border border-line bg-surface px-3.5 font-medium text-sm hover:bg-sunken"
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
