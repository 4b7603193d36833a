/** Terms and payments of generated credit cards, student loans and mortgages, as Plaid lists them. */
import { type BankAccount, balanceAt, type Posting, round } from '@/sandbox/plaid/logins/bank-data'
import { dayOfMonth, monthOf, toDay, toIso, yearOf } from '@/sandbox/plaid/logins/calendar'
import { LOANS } from '@/sandbox/plaid/logins/household-profile'

export type Debt = { id: string; account: BankAccount; postings: Posting[]; day: number }

const PURCHASE_APR = 21.49
const CASH_APR = 27.99
const DAYS_TO_PAY = 25
const MINIMUM = { amount: 35, share: 0.02 }
const LOAN_DUE_DAY = 28
const STUDENT_TERM_YEARS = 10
const MORTGAGE_TERM_YEARS = 30

/** The last day of the month before `day`, when a statement was issued. */
const lastStatement = (day: number) => day - dayOfMonth(day)

const isPayment = ({ name }: Posting) => name.includes('PAYMENT')

function lastPayment({ postings, day }: Debt): { amount: number | null; date: string | null } {
  const last = postings.filter((row) => isPayment(row) && row.posted <= day).at(-1)
  return { amount: last ? -last.amount : null, date: last ? toIso(last.posted) : null }
}

/** Plaid's CreditCardLiability. */
export function toCardLiability(debt: Debt) {
  const issued = lastStatement(debt.day)
  const owed = Math.max(0, balanceAt(debt.account, debt.postings, issued))
  const paid = lastPayment(debt)
  const apr = (apr_type: string, apr_percentage: number) => ({
    apr_type,
    apr_percentage,
    balance_subject_to_apr: null,
    interest_charge_amount: 0
  })
  const minimum = Math.max(MINIMUM.amount, round(owed * MINIMUM.share, 2))
  return {
    account_id: debt.id,
    aprs: [apr('purchase_apr', PURCHASE_APR), apr('cash_apr', CASH_APR)],
    is_overdue: false,
    last_payment_amount: paid.amount,
    last_payment_date: paid.date,
    last_statement_issue_date: toIso(issued),
    last_statement_balance: owed,
    minimum_payment_amount: Math.min(owed, minimum),
    next_payment_due_date: toIso(issued + DAYS_TO_PAY)
  }
}

/** The next day LOAN_DUE_DAY of a month, as YYYY-MM-DD. */
function nextDue(day: number): string {
  const inMonth = (year: number, month: number) =>
    `${year}-${String(month).padStart(2, '0')}-${LOAN_DUE_DAY}`
  const here = inMonth(yearOf(day), monthOf(day))
  if (toDay(here) >= day) return here
  return monthOf(day) === 12 ? inMonth(yearOf(day) + 1, 1) : inMonth(yearOf(day), monthOf(day) + 1)
}

/** Interest and principal paid since 1 January. */
function paidThisYear({ postings, day }: Debt) {
  const rows = postings.filter(
    (row) => row.posted <= day && yearOf(row.posted) === yearOf(day) && !row.name.includes('RATE')
  )
  const sum = (wanted: Posting[]) =>
    round(
      wanted.reduce((total, row) => total + row.amount, 0),
      2
    )
  const interest = sum(rows.filter((row) => !isPayment(row)))
  const paid = -sum(rows.filter(isPayment))
  return { ytd_interest_paid: interest, ytd_principal_paid: round(Math.max(0, paid - interest), 2) }
}

const years = (date: string, count: number) => `${Number(date.slice(0, 4)) + count}${date.slice(4)}`

function commonLoanFields(debt: Debt) {
  const paid = lastPayment(debt)
  return {
    account_id: debt.id,
    account_number: debt.account.numbers.account,
    last_payment_amount: paid.amount,
    last_payment_date: paid.date,
    next_payment_due_date: nextDue(debt.day),
    origination_date: '2021-09-01',
    origination_principal_amount: debt.account.opening,
    ...paidThisYear(debt)
  }
}

/** Plaid's StudentLoan. */
export function toStudentLoan(debt: Debt) {
  const terms = LOANS.student
  const issued = lastStatement(debt.day)
  const common = commonLoanFields(debt)
  const payoff = years(common.origination_date, STUDENT_TERM_YEARS)
  return {
    ...common,
    disbursement_dates: [common.origination_date],
    expected_payoff_date: payoff,
    guarantor: null,
    interest_rate_percentage: round(terms.rate * 100, 3),
    is_overdue: false,
    last_statement_balance: balanceAt(debt.account, debt.postings, issued),
    last_statement_issue_date: toIso(issued),
    loan_name: 'Consolidation',
    loan_status: { end_date: payoff, type: 'repayment' },
    minimum_payment_amount: terms.payment,
    outstanding_interest_amount: 0,
    payment_reference_number: debt.account.numbers.account.slice(-10),
    pslf_status: {
      estimated_eligibility_date: null,
      payments_made: null,
      payments_remaining: null
    },
    repayment_plan: { description: 'Standard Repayment', type: 'standard' },
    sequence_number: '1',
    servicer_address: {
      city: 'San Matias',
      country: 'US',
      postal_code: '99415',
      region: 'CA',
      street: '123 Relaxation Road'
    }
  }
}

/** Plaid's MortgageLiability. */
export function toMortgage(debt: Debt) {
  const terms = LOANS.mortgage
  const common = commonLoanFields(debt)
  return {
    ...common,
    current_late_fee: 0,
    escrow_balance: 0,
    has_pmi: false,
    has_prepayment_penalty: false,
    interest_rate: { percentage: round(terms.rate * 100, 3), type: 'fixed' },
    loan_type_description: 'conventional',
    loan_term: `${MORTGAGE_TERM_YEARS} year`,
    maturity_date: years(common.origination_date, MORTGAGE_TERM_YEARS),
    next_monthly_payment: terms.payment,
    past_due_amount: 0,
    property_address: {
      city: 'Malakoff',
      country: 'US',
      postal_code: '14236',
      region: 'NY',
      street: '2992 Cameron Road'
    }
  }
}
