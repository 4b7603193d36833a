/** A static preview of the dashboard with made-up numbers, in the app's own styles. */
import { useText } from '#text'

export function DashboardPreview() {
  const text = useText('reports')
  return (
    <figure className="relative">
      <div
        aria-hidden="true"
        className="rounded-[1.25rem] border border-line bg-surface p-6 shadow-[0_24px_60px_-24px_var(--shadow-far)] sm:p-8"
      >
        <p className="text-muted text-sm">{text('Everything you own, minus what you owe')}</p>
        <p className="mt-1 font-semibold text-[2.5rem] tabular-nums leading-tight tracking-[-0.03em]">
          $48,213.07
        </p>
        <div className="mt-5 flex h-2 gap-1">
          <span className="w-[86%] rounded-full bg-accent" />
          <span className="flex-1 rounded-full bg-line" />
        </div>
        <div className="mt-6 divide-y divide-line border-line border-t">
          <PreviewAccount
            name={text('{brand} account')}
            institution={text('Jiko, in US Treasury bills')}
            amount="$12,500.00"
          />
          <PreviewAccount
            name={text('Everyday checking')}
            institution={`First Platypus Bank •••• 0000`}
            amount="$3,946.12"
          />
          <PreviewAccount
            name={text('Retirement')}
            institution={`Tartan Brokerage •••• 6004`}
            amount="$39,120.55"
          />
          <PreviewAccount
            name={text('Travel card')}
            institution={`Houndstooth Bank •••• 3333`}
            amount="−$7,353.60"
          />
        </div>
      </div>
      <figcaption className="mt-3 text-center text-muted text-sm">
        {text('An example, with made-up numbers')}
      </figcaption>
    </figure>
  )
}

function PreviewAccount({
  name,
  institution,
  amount
}: {
  name: string
  institution: string
  amount: string
}) {
  return (
    <div className="flex items-center justify-between gap-4 py-3.5">
      <div className="min-w-0">
        <p className="truncate font-medium text-[0.9375rem]">{name}</p>
        <p className="text-muted text-sm wrap-anywhere">{institution}</p>
      </div>
      <p className="font-medium tabular-nums">{amount}</p>
    </div>
  )
}
