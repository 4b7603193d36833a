import { ListCard, ListItem } from '@/components/admin/list-card'
import type { KeyState, KeyUse } from '@/lib/domain/users/admin'

const STATES: Record<KeyState, string> = {
  newest: 'Encrypts new values',
  in_use: 'Still in use',
  unused: 'Not in use',
  missing: 'Missing from the settings'
}

type Props = { keys: KeyUse[]; health: 'ok' | 'key_wrong' | null }

/** Encryption keys, how many stored values use each, and whether they decrypt. */
export function EncryptionKeys({ keys, health }: Props) {
  return (
    <ListCard id="keys" title="Encryption keys" empty="No keys." count={keys.length}>
      {health === 'key_wrong' && (
        <ListItem
          title="Stored values cannot be decrypted"
          detail="A key is wrong or missing. Nothing is lost: put the right key into ENCRYPTION_KEYS and restart."
          state={<span className="font-medium text-danger">Action needed</span>}
        />
      )}
      {keys.map(({ keyId, state, values, tables }) => (
        <ListItem
          key={keyId}
          title={keyId}
          detail={
            values === 0
              ? 'No stored values'
              : `${values} stored values: ${Object.entries(tables)
                  .map(([table, count]) => `${table} ${count}`)
                  .join(', ')}`
          }
          state={
            state === 'missing' ? (
              <span className="font-medium text-danger">{STATES[state]}</span>
            ) : (
              STATES[state]
            )
          }
        />
      ))}
    </ListCard>
  )
}
