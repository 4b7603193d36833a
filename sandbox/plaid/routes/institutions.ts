/** /institutions/*. */
import { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { getInstitution, listInstitutions, toWireInstitution } from '@/sandbox/plaid/institutions'
import type { Plaid } from '@/sandbox/plaid/records'
import { fields, route } from '@/sandbox/plaid/request'

const countries = z.array(z.string()).min(1)
const flags = {
  include_optional_metadata: z.boolean().nullish(),
  include_auth_metadata: z.boolean().nullish(),
  include_payment_initiation_metadata: z.boolean().nullish()
}
const ListOptions = z.strictObject({
  ...flags,
  products: z.array(z.string()).nullish(),
  routing_numbers: z.array(z.string()).nullish(),
  oauth: z.boolean().nullish()
})
const GetOptions = z.strictObject({ ...flags, include_status: z.boolean().optional() })
const SearchOptions = z.strictObject({
  ...flags,
  oauth: z.boolean().nullish(),
  payment_initiation: z.unknown().optional()
})

/** @throws PlaidApiError INVALID_PRODUCT, where other fields of a wrong type are INVALID_FIELD. */
function toProducts(products: unknown): string[] {
  const listed = z.array(z.string()).nullish().safeParse(products)
  if (listed.success) return listed.data ?? []
  throw new PlaidApiError(
    'INVALID_PRODUCT',
    'products must either be null or a list of strings containing at least one valid product'
  )
}

export function addInstitutionRoutes(plaid: Plaid): void {
  const list = fields({
    count: z.number().int().min(1).max(500),
    offset: z.number().int().min(0),
    country_codes: countries,
    options: ListOptions.optional()
  })
  route(plaid, '/institutions/get', list, ({ count, offset, country_codes, options }) => {
    const wanted = options?.routing_numbers
    const all = listInstitutions({
      countryCodes: country_codes,
      products: options?.products ?? [],
      oauth: options?.oauth ?? null
    }).filter((i) => !wanted || wanted.some((number) => i.routingNumbers.includes(number)))
    const metadata = options?.include_optional_metadata ?? false
    return {
      institutions: all
        .slice(offset, offset + count)
        .map((i) => toWireInstitution(i, { metadata, status: false })),
      total: all.length
    }
  })
  const one = fields({
    institution_id: z.string(),
    country_codes: countries,
    options: GetOptions.optional()
  })
  route(plaid, '/institutions/get_by_id', one, ({ institution_id, country_codes, options }) => {
    const institution = getInstitution(institution_id)
    if (!institution?.countryCodes.some((code) => country_codes.includes(code)))
      throw new PlaidApiError('INVALID_INSTITUTION')
    return {
      institution: toWireInstitution(institution, {
        metadata: options?.include_optional_metadata ?? false,
        status: options?.include_status ?? false
      })
    }
  })
  addInstitutionSearch(plaid)
}

function addInstitutionSearch(plaid: Plaid): void {
  const search = fields({
    query: z.string().min(1),
    products: z.unknown().optional(),
    country_codes: countries,
    options: SearchOptions.optional()
  })
  route(plaid, '/institutions/search', search, ({ query, products, country_codes, options }) => {
    const found = listInstitutions({
      query,
      countryCodes: country_codes,
      products: toProducts(products),
      oauth: options?.oauth ?? null
    }).slice(0, 10)
    return {
      institutions: found.map((i) =>
        toWireInstitution(i, {
          metadata: options?.include_optional_metadata ?? false,
          status: false
        })
      )
    }
  })
}
