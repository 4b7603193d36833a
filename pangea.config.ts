/**
 * The brand and the programme of this deployment, in one place. Nothing else names them: pages,
 * e-mails, PDFs, the manifest and the vendors' consent pages read this file.
 *
 * Figures, fees and legal statements are placeholders until `approved` has a date: a deployment
 * that serves real users does not start before (docs/guides/your-own-brand.md).
 */

/** Part of the browser's code. Components import nothing else from this file. */
export const brand = {
  name: 'Pangea',
  support: { email: 'help@pangea.example', phone: '+1 555-0100' }
}

/** A text of the deployment in each language of the pages. */
type ByLanguage = Record<'en' | 'es', string>

/** What search engines, link previews and home screens show. */
export const site = {
  tagline: { en: 'All your money, in one place', es: 'Todo su dinero, en un solo lugar' },
  description: {
    en: 'Open an account backed by US Treasury bills, add the banks you already have, and see everything you own in one calm place.',
    es: 'Abra una cuenta respaldada por letras del Tesoro de EE. UU., agregue los bancos que ya tiene y vea todo lo que es suyo en un lugar tranquilo.'
  }
} satisfies Record<string, ByLanguage>

/** Drawn in a square of 32 units: a shape in the brand color, and lines across it in the background's. */
export const mark = {
  shape: 'M1 16a15 15 0 1 1 30 0a15 15 0 1 1 -30 0z',
  lines: [
    'M5.2 3.6C9.5 8.2 15.8 8.6 16.6 14.4C17.3 19.6 12.6 22.4 14.6 32',
    'M16.7 15.2C21.4 12.2 25.6 16.4 32.4 12.6'
  ],
  lineWidth: 2.4
}

/**
 * Each color for the light and the dark theme. A build fails if a text or a control would be hard
 * to see (scripts/brand/contrast.ts). The neutral colors are in components/theme.css.
 */
export const colors = {
  brand: ['#0f5c45', '#6fd0ab'],
  brandStrong: ['#0a4735', '#8fdfc0'],
  brandSoft: ['#e3f1eb', '#16302a'],
  onBrand: ['#ffffff', '#06231a'],
  chartIn: ['#1a7f60', '#5cc6a0'],
  ring: ['#0f5c45', '#8fdfc0']
} as const

export const company = {
  legalName: 'Pangea Financial, Inc.',
  address: '1 Example Street, Wilmington, DE 19801',
  hours: {
    en: 'Monday to Friday, 9 am to 6 pm Eastern time',
    es: 'De lunes a viernes, de 9 a. m. a 6 p. m., hora del Este'
  } satisfies ByLanguage,
  securityEmail: 'security@pangea.example'
}

export const mail = { sender: 'Pangea <no-reply@pangea.example>' }

type PlaidProgramme = {
  /** The name in Link. For transfers Link says "Jiko for" before it, and "Jiko" alone if that is too long. */
  clientName: string
  /**
   * Read beside transactions where a bank offers them. Plaid must have enabled them for your keys
   * (Link fails with INVALID_PRODUCT otherwise), and bills each Item for each.
   */
  optionalProducts: ('liabilities' | 'investments')[]
  /**
   * Reads the recurring payments that Plaid finds, beside our own detection. Plaid must have
   * enabled Recurring Transactions for your keys, and bills each Item.
   */
  recurringPayments: boolean
  /**
   * Offers to fill in the application from a bank (Identity). Plaid must have enabled it for your
   * keys, and bills each bank that is linked for it.
   */
  prefillFromBank: boolean
  /** Compares a deposit with the live balance of the bank. Plaid bills each call. */
  checkBalances: boolean
  /**
   * Compares the owner of a bank account for transfers with the applicant, where the user linked
   * the account here too (Identity Match). Plaid must have enabled it for your keys, and bills each
   * account once. Another name lowers the limits (docs/decisions/051).
   */
  compareOwners: boolean
}

export const plaid: PlaidProgramme = {
  clientName: 'Pangea',
  optionalProducts: ['liabilities', 'investments'],
  recurringPayments: true,
  prefillFromBank: true,
  checkBalances: false,
  compareOwners: true
}

/**
 * The order of the application's questions, each exactly once. The code by text message follows the
 * phone number.
 */
export const questionOrder = [
  'name',
  'dateOfBirth',
  'citizenship',
  'phone',
  'address',
  'work',
  'income',
  'netWorth',
  'affiliations'
] as const

/**
 * The cards of the dashboard in two columns: the first screen, and what is below it. A card that is
 * left out is not shown, nor is one without content.
 */
export const dashboard = {
  first: { left: ['worth'], right: ['cash-flow', 'recurring'] },
  below: { left: ['spending', 'latest'], right: ['account', 'merchants', 'own-assets'] }
} as const

/** What the account costs, as shown on the landing page and on /fees. */
export const fees: { what: ByLanguage; cost: ByLanguage }[] = [
  {
    what: { en: 'Opening and keeping the account', es: 'Abrir y mantener la cuenta' },
    cost: { en: 'No fee', es: 'Sin cargo' }
  },
  {
    what: {
      en: 'Transfers from and to your other banks',
      es: 'Transferencias desde y hacia sus otros bancos'
    },
    cost: { en: 'No fee', es: 'Sin cargo' }
  },
  {
    what: { en: 'Adding banks and seeing them here', es: 'Agregar bancos y verlos aquí' },
    cost: { en: 'No fee', es: 'Sin cargo' }
  }
]

/** A rate of the Treasury bills behind the account: never an APY, always with its source and date. */
export const treasuryYield = {
  percent: '3.80',
  asOf: '2026-11-20',
  source: {
    name: 'US Treasury, Daily Treasury Bill Rates, 13 weeks',
    url: 'https://home.treasury.gov/resource-center/data-chart-center/interest-rates'
  }
}

type Approvals = Record<'legal' | 'fees' | 'yield', string | null>

/** The day on which someone responsible approved the texts of app/(site) and the values above. */
export const approved: Approvals = { legal: null, fees: null, yield: null }
