import type { DeletionResponse } from '@/lib/api/responses'
import type { TextKey } from '@/lib/domain/text/text'
import {
  type DeletionStep,
  POCKET_NOT_EMPTY,
  POCKET_OVERDRAWN,
  TRANSFER_IN_PROGRESS
} from '@/lib/domain/users/deletion'

/** Texts of each deletion step. */
export const STEP_LABELS: Record<
  DeletionStep,
  Record<'title' | 'done' | 'working', TextKey<'users'>>
> = {
  items: {
    title: 'Your linked banks',
    done: 'Plaid no longer has access to them.',
    working: 'Ending access at Plaid.'
  },
  bank: {
    title: 'Your Jiko account',
    done: 'Your Jiko account is closed.',
    working: 'Closing it at Jiko.'
  },
  rows: {
    title: 'Everything stored here',
    done: 'Your answers, accounts, transactions and settings are erased.',
    working: 'Erasing it.'
  },
  sign_in: {
    title: 'Your login',
    done: 'Your e-mail address and password are deleted.',
    working: 'Removing it.'
  }
}

const VENDOR_UNAVAILABLE: Record<string, TextKey<'users'>> = {
  plaid: 'Plaid is not responding right now.',
  jiko: 'Jiko is not responding right now.',
  clerk: 'Clerk, our sign-in service, is not responding right now.'
}

/** Reasons why a step waits. */
export function waitingReason({
  service,
  code
}: NonNullable<DeletionResponse['waiting']>): TextKey<'users'> {
  if (code === POCKET_NOT_EMPTY)
    return 'Your Jiko account still holds money. Move it out on the account page, and the deletion continues.'
  if (code === POCKET_OVERDRAWN)
    return 'Your Jiko account is below zero because a deposit was returned. Add money on the account page, and the deletion continues.'
  if (code === TRANSFER_IN_PROGRESS)
    return 'A transfer is still pending. The deletion continues once it settles or is returned.'
  return VENDOR_UNAVAILABLE[service ?? ''] ?? 'Something went wrong on our side.'
}
