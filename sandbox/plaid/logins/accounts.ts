/** The accounts a user has at a bank, by the bank's profile. */
import type { Institution, Profile } from '@/sandbox/plaid/institutions'
import type { BankAccount } from '@/sandbox/plaid/logins/bank-data'

type Template = {
  key: 'checking' | 'saving' | 'card' | 'loan' | 'invest'
  name: string
  official: string | null
  type: string
  subtype: string
  mask: string
}

const checking = (name: string, official: string, mask: string): Template => ({
  key: 'checking',
  name,
  official,
  type: 'depository',
  subtype: 'checking',
  mask
})
const saving = (name: string, official: string, mask: string, subtype = 'savings'): Template => ({
  key: 'saving',
  name,
  official,
  type: 'depository',
  subtype,
  mask
})
const card = (name: string, official: string, mask: string): Template => ({
  key: 'card',
  name,
  official,
  type: 'credit',
  subtype: 'credit card',
  mask
})
const loan = (name: string, subtype: string, mask: string): Template => ({
  key: 'loan',
  name,
  official: null,
  type: 'loan',
  subtype,
  mask
})
const invest = (name: string, subtype: string, mask: string): Template => ({
  key: 'invest',
  name,
  official: null,
  type: 'investment',
  subtype,
  mask
})

const EVERYDAY = [
  checking('Checking', 'Everyday Checking with Interest', '0000'),
  saving('Saving', 'Silver Standard Saving', '1111'),
  card('Credit Card', 'Diamond Points Credit Card', '3333'),
  invest('IRA', 'ira', '5555'),
  loan('Student Loan', 'student', '7777')
]

const TEMPLATES: Record<Profile, Template[]> = {
  everyday: EVERYDAY,
  odd: EVERYDAY,
  union: [
    checking('Share Draft', 'Share Draft Checking', '2041'),
    saving('Prime Share', 'Prime Share Savings', '2058'),
    card('Member Card', 'Member Rewards Card', '4410'),
    loan('Auto Loan', 'auto', '6071'),
    invest('Brokerage', 'brokerage', '8832')
  ],
  cards: [
    checking('Free Checking', 'Free Checking', '1290'),
    saving('Rainy Day', 'Rainy Day Savings', '1307'),
    card('Cash Back Card', 'Three Percent Cash Back Card', '9004'),
    loan('Student Loan', 'student', '7731'),
    invest('401k', '401k', '6612')
  ],
  wealth: [
    checking('Premier Checking', 'Premier Relationship Checking', '3380'),
    saving('Money Market', 'Premier Money Market', '3397', 'money market'),
    card('Travel Card', 'Premier Travel Card', '5128'),
    loan('Mortgage', 'mortgage', '8888'),
    invest('Brokerage', 'brokerage', '4456')
  ],
  brokerage: [invest('Brokerage', 'brokerage', '7310')],
  mortgage: [loan('Mortgage', 'mortgage', '6604')]
}

const CREDIT_LIMITS = [8_000, 10_000, 12_500, 15_000]
const TYPICAL_DEBT: Record<string, number> = { student: 34_000, auto: 44_000, mortgage: 268_000 }

/** The five accounts of a household; opening balances vary by user. */
export function accountsFor(institution: Institution, random: () => number): BankAccount[] {
  return TEMPLATES[institution.profile].map((template) => ({
    key: template.key,
    name: `${institution.brand} ${template.name}`,
    officialName: template.official && `${institution.brand} ${template.official}`,
    mask: template.mask,
    type: template.type,
    subtype: template.subtype,
    limit:
      template.key === 'card'
        ? (CREDIT_LIMITS[Math.floor(random() * CREDIT_LIMITS.length)] ?? 10_000)
        : null,
    currency: institution.currency,
    unofficialCurrency: null,
    opening: openingOf(template, random),
    numbers: numbersFor(institution, template)
  }))
}

function openingOf(template: Template, random: () => number): number {
  const vary = 0.7 + random() * 0.6
  if (template.key === 'checking') return Math.round(2_400 * vary)
  if (template.key === 'saving') return Math.round(6_500 * vary)
  if (template.key === 'invest') return Math.round(21_000 * vary)
  if (template.key === 'loan') return Math.round((TYPICAL_DEBT[template.subtype] ?? 20_000) * vary)
  return 0
}

function numbersFor(institution: Institution, template: Template): BankAccount['numbers'] {
  const account =
    template.key === 'checking' && institution.id === 'ins_109508'
      ? '1111222233330000'
      : `111122223333${template.mask}`
  return {
    account,
    routing: '011401533',
    wire: '021000021',
    ...(institution.currency === 'GBP'
      ? { iban: `GB29NWBK6016133192${template.mask}`, bic: 'NWBKGB21', sortCode: '601613' }
      : {}),
    ...(institution.currency === 'CAD' ? { eftInstitution: '021', eftBranch: '01140' } : {})
  }
}
