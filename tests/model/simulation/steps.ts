/**
 * Possible events of a user's bank login, as plain data that shrinks well. Picks are numbers, each
 * taken modulo the number of choices.
 */
export type VendorChange =
  | { change: 'add'; count: number; pending: boolean; units: number }
  | { change: 'post'; pick: number; all: boolean }
  | {
      change: 'modify'
      pick: number
      what: 'amount' | 'name' | 'date' | 'merchant' | 'echo'
      units: number
    }
  | { change: 'remove'; pick: number }

/** The app's actions on a request, which can be interrupted. */
export type Action =
  | { do: 'drain' }
  /** Logs in again in Link and chooses accounts; the app may never be told. */
  | { do: 'relink'; chosen: number; comesBack: boolean }
  /** The currently open connection, or the first one ever. */
  | { do: 'disconnect'; which: 'open' | 'first'; history: 'keep' | 'erase' }
  | { do: 'link'; chosen: number }

export type Step =
  | Action
  | { do: 'vendor'; what: VendorChange }
  /** The change comes right before the nth page from now is returned. */
  | { do: 'while paging'; page: number; what: VendorChange }
  | { do: 'refuse a page' }
  | { do: 'forget cursors' }
  | { do: 'page size'; size: number | null }
  | { do: 'webhook'; pick: number; fate: 'arrives' | 'arrives twice' | 'is lost' }
  | { do: 'webhooks'; order: 'first first' | 'last first' }
  | { do: 'press' }
  | { do: 'two workers' }
  | { do: 'crash'; in: Action; at: number; side: 'before' | 'after'; restartAfter: number }
  | { do: 'lose answer'; in: Action; at: number }
  /**
   * A worker stops for longer than its lease; the one that takes over stops `second` actions later,
   * or not at all; then the first continues.
   */
  | {
      do: 'stall'
      at: number
      side: 'before' | 'after'
      second: number | null
      meanwhile: 'nothing' | 'start over'
    }
  | { do: 'sweep' }
  | { do: 'wait'; ms: number }
  | { do: 'break'; code: 'ITEM_LOGIN_REQUIRED' | 'INSTITUTION_DOWN' }
  | { do: 'repair' }
  | { do: 'announce'; what: 'expiration' | 'disconnect' | 'new accounts' }
  | { do: 'revoke' }
  /** An operator resets a connection's sync (docs/operations.md). */
  | { do: 'start over' }

export type History = {
  transactions: number
  /** The bank's three accounts that the user chooses at first, as bits. */
  chosen: number
  pageSize: number | null
  /** Milliseconds until Plaid has the first month, and everything. */
  readyAfter: { initial: number; historical: number }
  steps: Step[]
}
