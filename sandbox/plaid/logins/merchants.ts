/** Invented shops and payees, with the categories Plaid would assign. */
import type { Category, Channel } from '@/sandbox/plaid/logins/bank-data'

export type Merchant = {
  name: string
  /** The text on a bank statement. */
  statement: string
  category: Category
  channel: Channel
  website: string | null
  min: number
  max: number
}

const category = (
  primary: string,
  detail: string,
  confidence: Category['confidence'] = 'VERY_HIGH'
): Category => ({
  primary,
  detailed: `${primary}_${detail}`,
  confidence
})

const shop = (
  name: string,
  primary: string,
  detail: string,
  min: number,
  max: number,
  channel: Channel = 'in store'
): Merchant => ({
  name,
  statement: name.toUpperCase(),
  category: category(primary, detail),
  channel,
  website: `${name.toLowerCase().replace(/[^a-z]/g, '')}.example`,
  min,
  max
})

const FOOD = 'FOOD_AND_DRINK'
const GOODS = 'GENERAL_MERCHANDISE'
const RIDES = 'TRANSPORTATION'

/** Day-to-day spending: times per month, and merchants. */
export const SPENDING: { name: string; perMonth: number; shops: Merchant[] }[] = [
  {
    name: 'groceries',
    perMonth: 7,
    shops: [
      shop('Greenleaf Market', FOOD, 'GROCERIES', 28, 142),
      shop('Harvest Lane', FOOD, 'GROCERIES', 18, 96),
      shop('Penny Pantry', FOOD, 'GROCERIES', 12, 64)
    ]
  },
  {
    name: 'coffee',
    perMonth: 9,
    shops: [
      shop('Corner Roast', FOOD, 'COFFEE', 3.25, 9.8),
      shop('Second Cup Society', FOOD, 'COFFEE', 4, 11.5)
    ]
  },
  {
    name: 'dining',
    perMonth: 6,
    shops: [
      shop('Nonna Lucia', FOOD, 'RESTAURANT', 24, 98),
      shop('Saigon Garden', FOOD, 'RESTAURANT', 16, 58),
      shop('Patty Wagon', FOOD, 'FAST_FOOD', 7, 22),
      shop('Dish Dash', FOOD, 'RESTAURANT', 19, 62, 'online')
    ]
  },
  {
    name: 'fuel',
    perMonth: 2.5,
    shops: [shop('Ridgeway Fuel', RIDES, 'GAS', 26, 62), shop('Blue Pump', RIDES, 'GAS', 22, 58)]
  },
  {
    name: 'rides',
    perMonth: 2.5,
    shops: [
      shop('Hopalong Rides', RIDES, 'TAXIS_AND_RIDE_SHARES', 8, 41, 'online'),
      shop('Metro Transit', RIDES, 'PUBLIC_TRANSIT', 2.75, 33)
    ]
  },
  {
    name: 'shopping',
    perMonth: 3.5,
    shops: [
      shop('Riverbend Online', GOODS, 'ONLINE_MARKETPLACES', 9, 148, 'online'),
      shop('Loom & Thread', GOODS, 'CLOTHING_AND_ACCESSORIES', 24, 160),
      shop('Bright Bench Electronics', GOODS, 'ELECTRONICS', 19, 310),
      shop('Paper Lantern Books', GOODS, 'BOOKSTORES_AND_NEWSSTANDS', 9, 52)
    ]
  },
  {
    name: 'home',
    perMonth: 0.8,
    shops: [shop('Oak & Nail Hardware', 'HOME_IMPROVEMENT', 'HARDWARE', 11, 134)]
  },
  {
    name: 'health',
    perMonth: 1.2,
    shops: [
      shop('Wellspring Pharmacy', 'MEDICAL', 'PHARMACIES_AND_SUPPLEMENTS', 6, 58),
      shop('Maple Dental', 'MEDICAL', 'DENTAL_CARE', 35, 180)
    ]
  },
  {
    name: 'care',
    perMonth: 0.9,
    shops: [shop('Shear Joy', 'PERSONAL_CARE', 'HAIR_AND_BEAUTY', 24, 85)]
  },
  {
    name: 'fun',
    perMonth: 1.6,
    shops: [
      shop('Lantern Cinema', 'ENTERTAINMENT', 'TV_AND_MOVIES', 12, 46),
      shop('Pixel Harbour', 'ENTERTAINMENT', 'VIDEO_GAMES', 5, 60, 'online')
    ]
  },
  {
    name: 'giving',
    perMonth: 0.4,
    shops: [
      shop('Open Table Food Bank', 'GOVERNMENT_AND_NON_PROFIT', 'DONATIONS', 10, 75, 'online')
    ]
  },
  {
    name: 'travel',
    perMonth: 0.35,
    shops: [
      shop('Skylark Air', 'TRAVEL', 'FLIGHTS', 118, 460, 'online'),
      shop('Harbour House Hotel', 'TRAVEL', 'LODGING', 96, 390, 'online')
    ]
  }
]

/** Paid by card on a fixed day, always the same amount. */
export const SUBSCRIPTIONS: { day: number; merchant: Merchant }[] = [
  { day: 3, merchant: shop('Ironworks Gym', 'PERSONAL_CARE', 'GYMS_AND_FITNESS_CENTERS', 29, 59) },
  { day: 5, merchant: shop('Streamwell', 'ENTERTAINMENT', 'TV_AND_MOVIES', 9.99, 19.99, 'online') },
  { day: 12, merchant: shop('Tunebox', 'ENTERTAINMENT', 'MUSIC_AND_AUDIO', 9.99, 11.99, 'online') },
  {
    day: 20,
    merchant: shop(
      'Cloudcellar Storage',
      'GENERAL_SERVICES',
      'OTHER_GENERAL_SERVICES',
      1.99,
      9.99,
      'online'
    )
  },
  {
    day: 26,
    merchant: shop('The Daily Ledger', GOODS, 'BOOKSTORES_AND_NEWSSTANDS', 8, 15, 'online')
  }
]

/** Paid from checking around a fixed day; the amount moves with the season. */
export const UTILITIES: { day: number; merchant: Merchant }[] = [
  {
    day: 8,
    merchant: shop('Lakeside Power', 'RENT_AND_UTILITIES', 'GAS_AND_ELECTRICITY', 58, 164, 'online')
  },
  { day: 11, merchant: shop('City Water Works', 'RENT_AND_UTILITIES', 'WATER', 27, 44, 'online') },
  {
    day: 15,
    merchant: shop(
      'Fibrelink Internet',
      'RENT_AND_UTILITIES',
      'INTERNET_AND_CABLE',
      54.99,
      79.99,
      'online'
    )
  },
  {
    day: 18,
    merchant: shop('Chatterbox Mobile', 'RENT_AND_UTILITIES', 'TELEPHONE', 35, 70, 'online')
  }
]

export const EMPLOYERS = [
  'Brightwater Design',
  'Copperfield Logistics',
  'Halcyon Robotics',
  'Marigold Health',
  'Northgate Schools',
  'Quillon Software'
]
export const LANDLORDS = [
  'Elm Court Apartments',
  'Harrow Street Lofts',
  'Larkspur Residences',
  'Stonebridge Homes'
]

/** Categories of recurring transfers and fees. */
export const RECURRING_CATEGORIES = {
  wages: category('INCOME', 'WAGES'),
  interest: category('INCOME', 'INTEREST_EARNED'),
  rent: category('RENT_AND_UTILITIES', 'RENT'),
  toSavings: category('TRANSFER_OUT', 'SAVINGS'),
  fromAccount: category('TRANSFER_IN', 'ACCOUNT_TRANSFER'),
  toInvestments: category('TRANSFER_OUT', 'INVESTMENT_AND_RETIREMENT_FUNDS'),
  cash: category('TRANSFER_OUT', 'WITHDRAWAL'),
  cardPayment: category('LOAN_PAYMENTS', 'CREDIT_CARD_PAYMENT'),
  studentLoan: category('LOAN_PAYMENTS', 'STUDENT_LOAN_PAYMENT'),
  carLoan: category('LOAN_PAYMENTS', 'CAR_PAYMENT'),
  mortgage: category('LOAN_PAYMENTS', 'MORTGAGE_PAYMENT'),
  loanInterest: category('BANK_FEES', 'INTEREST_CHARGE', 'HIGH'),
  atmFee: category('BANK_FEES', 'ATM_FEES', 'HIGH')
} as const
