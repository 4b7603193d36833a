/** What can happen to a person's bank login, as plain data that shrinks well. Picks are numbers; each is taken modulo what there is to pick from. */
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

/** What the app does at somebody's word, and may be interrupted in. */
export type Action =
  | { do: 'drain' }
  /** Signs in again in Link and chooses accounts; the app may never hear of it. */
  | { do: 'relink'; chosen: number; comesBack: boolean }
  /** The connection that is open now, or the first there ever was. */
  | { do: 'disconnect'; which: 'open' | 'first'; history: 'keep' | 'erase' }
  | { do: 'link'; chosen: number }

export type Step =
  | Action
  | { do: 'vendor'; what: VendorChange }
  /** The change comes right before the so-manieth page from now is answered. */
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
  /** A worker stops for longer than its lease; the one that takes over stops `second` actions later, or not at all; then the first goes on. */
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
  /** An operator has a bank read anew (docs/operations.md). */
  | { do: 'start over' }

export type History = {
  transactions: number
  /** Which of the bank's three accounts the person chooses at first, as bits. */
  chosen: number
  pageSize: number | null
  /** Milliseconds until Plaid has the first month, and everything. */
  readyAfter: { initial: number; historical: number }
  steps: Step[]
}
