/** A second brand in which every value differs, complete enough to serve real users. */
export const brand = {
  name: 'Halcyon',
  support: { email: 'hello@halcyon.test', phone: '+1 555-0199' }
}

export const site = {
  tagline: { en: 'A calmer account', es: 'Una cuenta más tranquila' },
  description: {
    en: 'Treasury bills and the banks you already have.',
    es: 'Letras del Tesoro y los bancos que ya tiene.'
  }
}

export const mark = {
  shape: 'M2 2h28v28h-28z',
  lines: ['M2 30L30 2'],
  lineWidth: 3
}

export const colors = {
  brand: ['#1d3f8f', '#9db8ff'],
  brandStrong: ['#142c66', '#c0d1ff'],
  brandSoft: ['#e6ecfb', '#182445'],
  onBrand: ['#ffffff', '#0a1533'],
  chartIn: ['#2a55b8', '#8aa9ff'],
  ring: ['#1d3f8f', '#c0d1ff']
} as const

export const company = {
  legalName: 'Halcyon Money LLC',
  address: '20 Quiet Lane, Portland, OR 97201',
  hours: {
    en: 'Every day, 8 am to 8 pm Pacific time',
    es: 'Todos los días, de 8 a. m. a 8 p. m., hora del Pacífico'
  },
  securityEmail: 'security@halcyon.test'
}

export const mail = { sender: 'Halcyon <no-reply@halcyon.test>' }

export const plaid: {
  clientName: string
  optionalProducts: ('liabilities' | 'investments')[]
  recurringPayments: boolean
  prefillFromBank: boolean
  checkBalances: boolean
  compareOwners: boolean
} = {
  clientName: 'Halcyon Money',
  optionalProducts: [],
  recurringPayments: false,
  prefillFromBank: false,
  checkBalances: true,
  compareOwners: false
}

export const questionOrder = [
  'phone',
  'address',
  'name',
  'dateOfBirth',
  'citizenship',
  'affiliations',
  'netWorth',
  'income',
  'work'
] as const

export const dashboard = {
  first: { left: ['cash-flow', 'worth'], right: ['account'] },
  below: { left: ['latest'], right: ['own-assets'] }
} as const

export const fees = [
  {
    what: { en: 'Keeping the account', es: 'Mantener la cuenta' },
    cost: { en: '$2.00 a month', es: '$2.00 al mes' }
  }
]

export const treasuryYield = {
  percent: '4.11',
  asOf: '2026-11-02',
  source: { name: 'US Treasury, 4 weeks', url: 'https://home.treasury.gov/' }
}

export const approved = { legal: '2026-11-03', fees: '2026-11-03', yield: '2026-11-03' }
