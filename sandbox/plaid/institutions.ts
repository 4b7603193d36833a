/** The emulator's institutions: Plaid's known sandbox ids (contract §6), with our own logos. */

import { drawLogo, type LogoShape } from '@/sandbox/plaid/bank-logos'
import type { LinkInstitution } from '@/sandbox/plaid/link/types'

/** The kind of accounts a user has there. */
export type Profile = 'everyday' | 'union' | 'cards' | 'wealth' | 'odd' | 'brokerage' | 'mortgage'

export type Institution = LinkInstitution & {
  /** Short name that prefixes account names. */
  brand: string
  profile: Profile
  routingNumbers: string[]
  currency: string
}

type Draft = {
  id: string
  name: string
  brand: string
  colour: string
  shape: LogoShape
  profile?: Profile
  oauth?: boolean
  status?: LinkInstitution['status']
  products?: string[]
  countries?: string[]
  currency?: string
}

/** Link accepts the products of the second line; they have no endpoints here. */
const ALL = ['transactions', 'auth', 'balance', 'identity', 'investments', 'liabilities'].concat([
  'recurring_transactions',
  'assets',
  'signal',
  'statements',
  'transfer',
  'income_verification'
])

const make = (d: Draft): Institution => ({
  id: d.id,
  name: d.name,
  brand: d.brand,
  logo: drawLogo(d.colour, d.shape),
  primaryColor: d.colour,
  url: `https://${d.brand.toLowerCase().replace(/[^a-z]/g, '')}.example`,
  oauth: d.oauth ?? false,
  status: d.status ?? 'healthy',
  products: d.products ?? ALL,
  countryCodes: d.countries ?? ['US'],
  profile: d.profile ?? 'everyday',
  routingNumbers: d.countries ? [] : ['011401533', '021000021'],
  currency: d.currency ?? 'USD'
})

const INSTITUTIONS: Institution[] = [
  make({
    id: 'ins_109508',
    name: 'First Platypus Bank',
    brand: 'Plaid',
    colour: '#1f5f8b',
    shape: 'wave'
  }),
  make({
    id: 'ins_109509',
    name: 'First Gingham Credit Union',
    brand: 'Gingham',
    colour: '#8a3b5c',
    shape: 'diamond',
    profile: 'union'
  }),
  make({
    id: 'ins_109510',
    name: 'Tattersall Federal Credit Union',
    brand: 'Tattersall',
    colour: '#3f6b3a',
    shape: 'bars',
    profile: 'cards'
  }),
  make({
    id: 'ins_109511',
    name: 'Tartan Bank',
    brand: 'Tartan',
    colour: '#9b2f2f',
    shape: 'arch'
  }),
  make({
    id: 'ins_109512',
    name: 'Houndstooth Bank',
    brand: 'Houndstooth',
    colour: '#33363d',
    shape: 'ring',
    profile: 'wealth'
  }),
  make({
    id: 'ins_43',
    name: 'Tartan-Dominion Bank of Canada',
    brand: 'Dominion',
    colour: '#b3541e',
    shape: 'arch',
    countries: ['CA'],
    currency: 'CAD',
    profile: 'union'
  }),
  make({
    id: 'ins_127287',
    name: 'Platypus OAuth Bank',
    brand: 'Platypus',
    colour: '#0f7a6c',
    shape: 'disc',
    oauth: true
  }),
  make({
    id: 'ins_132241',
    name: 'First Platypus OAuth App2App Bank',
    brand: 'App2App',
    colour: '#5b4bb3',
    shape: 'disc',
    oauth: true,
    profile: 'union'
  }),
  make({
    id: 'ins_130016',
    name: 'First Platypus Balance Bank',
    brand: 'Balance',
    colour: '#27698f',
    shape: 'bars',
    profile: 'union'
  }),
  make({
    id: 'ins_135858',
    name: 'Windowpane Bank',
    brand: 'Windowpane',
    colour: '#6d5a12',
    shape: 'ring',
    profile: 'cards'
  }),
  make({
    id: 'ins_132363',
    name: 'Platypus Bank (slow today)',
    brand: 'Slow',
    colour: '#7a6a58',
    shape: 'wave',
    status: 'degraded',
    profile: 'union'
  }),
  make({
    id: 'ins_132361',
    name: 'Platypus Bank (out of order)',
    brand: 'Down',
    colour: '#6b7280',
    shape: 'wave',
    status: 'down'
  }),
  make({
    id: 'ins_133402',
    name: 'Unsupported Platypus Bank',
    brand: 'Unsupported',
    colour: '#4b5563',
    shape: 'diamond',
    status: 'unsupported',
    products: []
  }),
  make({
    id: 'ins_116834',
    name: 'Royal Platypus Bank (UK)',
    brand: 'Royal',
    colour: '#2b3a78',
    shape: 'diamond',
    countries: ['GB'],
    currency: 'GBP',
    profile: 'union'
  }),
  make({
    id: 'ins_117650',
    name: 'Royal Platypus OAuth Bank (UK)',
    brand: 'Royal',
    colour: '#374a8f',
    shape: 'disc',
    countries: ['GB'],
    currency: 'GBP',
    oauth: true,
    profile: 'union'
  }),
  make({
    id: 'ins_900001',
    name: 'Herringbone Oddities Bank',
    brand: 'Herringbone',
    colour: '#a1622f',
    shape: 'bars',
    profile: 'odd'
  }),
  make({
    id: 'ins_900002',
    name: 'Harlequin Brokerage',
    brand: 'Harlequin',
    colour: '#3d4f7c',
    shape: 'ring',
    profile: 'brokerage',
    products: ['balance', 'identity', 'investments']
  }),
  make({
    id: 'ins_900003',
    name: 'Seersucker Home Loans',
    brand: 'Seersucker',
    colour: '#5a6b4f',
    shape: 'arch',
    profile: 'mortgage',
    products: ['balance', 'identity', 'liabilities']
  })
]

export const getInstitution = (id: string): Institution | undefined =>
  INSTITUTIONS.find((institution) => institution.id === id)

/** Institutions that match every filter; names that start with the query come first. */
export function listInstitutions(filter: {
  query?: string
  countryCodes?: string[]
  products?: string[]
  oauth?: boolean | null
}): Institution[] {
  const query = filter.query?.trim().toLowerCase() ?? ''
  const countries = filter.countryCodes ?? []
  const fits = (i: Institution) =>
    i.name.toLowerCase().includes(query) &&
    (countries.length === 0 || i.countryCodes.some((code) => countries.includes(code))) &&
    (i.status === 'unsupported' ||
      (filter.products ?? []).every((product) => i.products.includes(product))) &&
    (filter.oauth == null || i.oauth === filter.oauth)
  const rank = (i: Institution) => (i.name.toLowerCase().startsWith(query) ? 0 : 1)
  return INSTITUTIONS.filter(fits).sort((a, b) => rank(a) - rank(b))
}

/** The outage status of an institution; null for healthy ones. */
export function outageOf(institution: Institution): string | null {
  if (institution.status === 'down') return 'INSTITUTION_DOWN'
  return institution.status === 'unsupported' ? 'INSTITUTION_NO_LONGER_SUPPORTED' : null
}

/** The institution's fields on the wire. */
export function toWireInstitution(i: Institution, options: { metadata: boolean; status: boolean }) {
  return {
    institution_id: i.id,
    name: i.name,
    products: i.products,
    country_codes: i.countryCodes,
    ...(options.metadata ? { url: i.url, primary_color: i.primaryColor, logo: i.logo } : {}),
    routing_numbers: i.routingNumbers,
    dtc_numbers: [],
    oauth: i.oauth,
    ...(options.status ? { status: null } : {})
  }
}
