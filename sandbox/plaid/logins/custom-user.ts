/**
 * user_custom: the password is a JSON document that describes the data set. Every part is optional.
 */
import { z } from 'zod'
import type {
  BankAccount,
  Category,
  GeneratedData,
  Owner,
  Posting
} from '@/sandbox/plaid/logins/bank-data'
import { DEFAULT_OWNER } from '@/sandbox/plaid/logins/bank-data'
import { dayOfMonth, isIsoDate, isLastOfMonth, toDay } from '@/sandbox/plaid/logins/calendar'
import { RECURRING_CATEGORIES } from '@/sandbox/plaid/logins/merchants'

const isoDate = z.string().refine(isIsoDate)
const contact = z.object({
  data: z.string(),
  primary: z.boolean().default(false),
  type: z.string().default('other')
})
const OwnerSchema = z.object({
  names: z.array(z.string()).default([]),
  phone_numbers: z.array(contact).default([]),
  emails: z.array(contact).default([]),
  addresses: z
    .array(
      z.object({
        primary: z.boolean().optional(),
        data: z.object({
          street: z.string().default(''),
          city: z.string().nullable().default(null),
          region: z.string().nullable().default(null),
          postal_code: z.string().nullable().default(null),
          country: z.string().nullable().default(null)
        })
      })
    )
    .default([])
})
const dayInMonth = z.union([z.number().int().min(1).max(28), z.literal('last')])

const AccountSchema = z.object({
  type: z
    .enum(['investment', 'credit', 'depository', 'loan', 'payroll', 'other'])
    .default('depository'),
  subtype: z.string().nullable().default(null),
  starting_balance: z.number().optional(),
  force_available_balance: z.number().optional(),
  has_null_available_balance: z.boolean().optional(),
  currency: z.string().optional(),
  meta: z
    .object({
      name: z.string().optional(),
      official_name: z.string().nullish(),
      limit: z.number().nullish(),
      mask: z
        .string()
        .regex(/^([a-zA-Z0-9]{2,4})?$/)
        .optional()
    })
    .default({}),
  numbers: z.record(z.string(), z.string()).default({}),
  transactions: z
    .array(
      z.object({
        date_transacted: isoDate,
        date_posted: isoDate,
        amount: z.number(),
        description: z.string(),
        currency: z.string().optional()
      })
    )
    .default([]),
  identity: OwnerSchema.optional(),
  inflow_model: z
    .object({
      type: z.string(),
      income_amount: z.number().optional(),
      payment_day_of_month: dayInMonth.optional(),
      transaction_name: z.string().optional()
    })
    .optional()
})

const CustomDocumentSchema = z.object({
  version: z.union([z.string(), z.number()]).nullish(),
  seed: z.string().optional(),
  override_accounts: z.array(AccountSchema).max(10).optional(),
  mfa: z
    .object({
      type: z.enum(['device', 'selections', 'questions']),
      question_rounds: z.number().int().positive().max(10).default(1),
      questions_per_round: z.number().int().positive().max(10).default(1),
      selection_rounds: z.number().int().positive().max(10).default(1),
      selections_per_question: z.number().int().positive().max(10).default(2)
    })
    .optional(),
  recaptcha: z.enum(['good', 'bad']).optional(),
  force_error: z.string().optional()
})
export type CustomDocument = z.infer<typeof CustomDocumentSchema>
type CustomAccount = z.infer<typeof AccountSchema>

/** Reads a user_custom password; null when it is not such a document. */
export function readCustomDocument(password: string): CustomDocument | null {
  if (password.length > 55_000) return null
  try {
    const parsed = CustomDocumentSchema.safeParse(JSON.parse(password))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** The data that a document describes; `usual` fills what it omits. */
export function dataOfDocument(
  document: CustomDocument,
  usual: () => GeneratedData,
  from: number,
  through: number
): GeneratedData {
  if (!document.override_accounts) return usual()
  const accounts = document.override_accounts.map((account, i) => toAccount(account, i))
  const postings = document.override_accounts.flatMap((account, i) => [
    ...listedPostings(account, i),
    ...incomePostings(account, i, from, through)
  ])
  const owner = document.override_accounts.find((account) => account.identity)?.identity
  return { accounts, postings, owner: owner ? toOwner(owner) : DEFAULT_OWNER }
}

const keyOf = (index: number) => `custom${index}`

function toAccount(account: CustomAccount, index: number): BankAccount {
  const current = account.starting_balance ?? 1_000
  const usable = account.type === 'depository' ? current : null
  const available = account.has_null_available_balance
    ? null
    : (account.force_available_balance ?? usable)
  const number = account.numbers.account ?? `11112222333${String(index).padStart(5, '0')}`
  const mask = account.meta.mask ?? number.slice(-4)
  return {
    key: keyOf(index),
    name: account.meta.name ?? `Plaid ${account.subtype ?? account.type}`,
    officialName: account.meta.official_name ?? null,
    mask: mask || null,
    type: account.type,
    subtype: account.subtype,
    limit: account.meta.limit ?? null,
    currency: account.currency ?? 'USD',
    unofficialCurrency: null,
    opening: current,
    fixed: { current, available },
    numbers: {
      account: number,
      routing: account.numbers.ach_routing ?? '011401533',
      wire: account.numbers.ach_wire_routing ?? '021000021',
      ...(account.numbers.international_iban
        ? { iban: account.numbers.international_iban, bic: account.numbers.international_bic ?? '' }
        : {}),
      ...(account.numbers.bacs_sort_code ? { sortCode: account.numbers.bacs_sort_code } : {}),
      ...(account.numbers.eft_institution
        ? {
            eftInstitution: account.numbers.eft_institution,
            eftBranch: account.numbers.eft_branch ?? ''
          }
        : {})
    },
    ...(account.identity ? { owner: toOwner(account.identity) } : {})
  }
}

const toOwner = (owner: z.infer<typeof OwnerSchema>): Owner => owner

const posting = (
  key: string,
  account: string,
  amount: number,
  authorized: number,
  posted: number,
  name: string,
  category: Category | null,
  currency?: string
): Posting => ({
  key,
  account,
  amount,
  authorized,
  posted,
  name,
  merchant: null,
  website: null,
  category,
  channel: 'other',
  code: null,
  ...(currency ? { currency } : {})
})

const listedPostings = (account: CustomAccount, index: number): Posting[] =>
  account.transactions.map((t, n) =>
    posting(
      `${keyOf(index)}.${n}`,
      keyOf(index),
      t.amount,
      toDay(t.date_transacted),
      toDay(t.date_posted),
      t.description,
      null,
      t.currency
    )
  )

function incomePostings(
  account: CustomAccount,
  index: number,
  from: number,
  through: number
): Posting[] {
  const model = account.inflow_model
  if (model?.type !== 'monthly-income' || model.income_amount === undefined) return []
  const due = (day: number) =>
    model.payment_day_of_month === 'last'
      ? isLastOfMonth(day)
      : dayOfMonth(day) === (model.payment_day_of_month ?? 1)
  const days = Array.from({ length: through - from + 1 }, (_, i) => from + i).filter(due)
  return days.map((day) =>
    posting(
      `${keyOf(index)}.in.${day}`,
      keyOf(index),
      -(model.income_amount ?? 0),
      day,
      day,
      model.transaction_name ?? 'INCOME',
      RECURRING_CATEGORIES.wages
    )
  )
}
