/** The create-application request, field by field as in the vendor's documents. */
import { z } from 'zod'

const text = (max: number, min = 1) => z.string().min(min).max(max)
const country = z.string().regex(/^[A-Z]{2}$/, 'not an ISO 3166 alpha-2 code')
const isoDateTime = z.iso.datetime({ offset: true })

const Income = z.enum(['BELOW_50K', 'BETWEEN_50K_AND_100K', 'BETWEEN_100K_AND_250K', 'OVER_250K'])
const NetWorth = z.enum([
  'BELOW_50K',
  'BETWEEN_50K_AND_200K',
  'BETWEEN_200K_AND_1M',
  'BETWEEN_1M_AND_5M',
  'OVER_5M'
])
const profile = {
  income: Income,
  net_worth: NetWorth,
  bd_association: z.string().max(200).optional(),
  director_policy_maker_of_company: z.string().max(200).optional()
}

const InvestmentProfile = z.discriminatedUnion('employment_status', [
  z.strictObject({
    employment_status: z.literal('EMPLOYED'),
    occupation: text(200, 2),
    ...profile
  }),
  z.strictObject({
    employment_status: z.enum(['INDEPENDENT', 'RETIRED', 'STUDENT', 'UNEMPLOYED']),
    occupation: z.string().max(200).optional(),
    ...profile
  })
])

export const CreateApplication = z
  .strictObject({
    name: z.strictObject({
      first_name: text(50),
      middle_name: z.string().max(50).optional(),
      last_name: text(50)
    }),
    email: z.email(),
    phone_number: z.string().regex(/^\+?[1-9]\d{6,14}$/, 'not a phone number'),
    date_of_birth: z.iso.date(),
    identification_number: text(50),
    identification_type: z
      .enum(['SSN', 'PASSPORT', 'TIN', 'DRIVERS_LICENSE', 'INTERNATIONAL_ID'])
      .default('SSN'),
    identification_number_issuing_country: country.optional(),
    citizenship_country: country.default('US'),
    address: z.strictObject({
      street_address: text(250),
      street_address2: z.string().max(250).optional(),
      city: text(250),
      postal_code: text(50),
      state: z.string().max(50).optional(),
      country
    }),
    agreement_consent: z.strictObject({ version: text(200), timestamp: isoDateTime }),
    investment_profile: InvestmentProfile,
    originally_onboarded_at: isoDateTime.optional()
  })
  .superRefine((body, context) => {
    if (body.identification_type !== 'SSN' || /^\d{9}$/.test(body.identification_number)) return
    context.addIssue({
      code: 'custom',
      path: ['identification_number'],
      message: 'not nine digits',
      input: body.identification_number
    })
  })

export type ApplicationFields = Omit<z.output<typeof CreateApplication>, 'identification_number'>

/** Whether a person with this date of birth is 18 or older now. */
export function isAdult(dateOfBirth: string, now: Date): boolean {
  const eighteen = new Date(`${dateOfBirth}T00:00:00Z`)
  eighteen.setUTCFullYear(eighteen.getUTCFullYear() + 18)
  return eighteen.getTime() <= now.getTime()
}
