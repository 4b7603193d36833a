import { useText } from '#text'
import { Button } from '@/components/ui/button'
import type { LinkKind } from '@/lib/domain/connections/connection'

/** Logins without checking, savings or card accounts: Plaid lists their banks separately. */
export function OtherAccountTypes({
  busy,
  onChoose
}: {
  busy: boolean
  onChoose: (kind: LinkKind) => void
}) {
  const text = useText('connections')
  return (
    <details className="mt-3 text-[0.9375rem]">
      <summary className="w-fit cursor-pointer rounded-control py-1.5 text-muted hover:text-ink">
        {text('Only have investments or a mortgage at this bank?')}
      </summary>
      <p className="mt-1 text-muted leading-6">
        {text(
          'If your login there has no checking, savings or card account, connect it here. We read its balances.'
        )}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button variant="quiet" busy={busy} onClick={() => onChoose('investments')}>
          {text('Connect investments')}
        </Button>
        <Button variant="quiet" busy={busy} onClick={() => onChoose('mortgage')}>
          {text('Connect a mortgage')}
        </Button>
      </div>
    </details>
  )
}
