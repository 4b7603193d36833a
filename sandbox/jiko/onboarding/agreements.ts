/** The agreements bundle: versioned, each document a real PDF served from here. */

import { renderPdf } from '@/sandbox/core/pdf'
import { notFound } from '@/sandbox/jiko/errors'
import type { Bundle, Jiko } from '@/sandbox/jiko/state'

type Document = { slug: string; title: string; type: string; category: string; text: string[] }

const SAMPLE =
  'This is sample text made for trying out the application on a laptop. It is not an agreement with any bank and has no legal effect.'

const DOCUMENTS: Document[] = [
  document(
    'terms-of-use',
    'Terms of Use',
    'TERMS_OF_USE',
    'GENERAL',
    'These terms describe how you may use the service and what you can expect from it.'
  ),
  document(
    'privacy-policy',
    'Privacy Policy',
    'PRIVACY_POLICY',
    'GENERAL',
    'This policy describes which information is collected, why, and with whom it is shared.'
  ),
  document(
    'privacy-notice',
    'Consumer Privacy Notice',
    'PRIVACY_NOTICE',
    'BANK',
    'Federal law asks banks to tell you how they collect, share and protect your information.'
  ),
  document(
    'e-sign',
    'Electronic Communications Consent',
    'ELECTRONIC_COMMUNICATIONS',
    'E-SIGN',
    'You agree to receive documents electronically. You can withdraw this consent at any time.'
  ),
  document(
    'deposit-account',
    'Deposit Account Agreement',
    'BANK_ACCOUNT',
    'BANK',
    'This agreement covers your deposit account: opening it, using it and closing it.'
  ),
  document(
    'electronic-fund-transfers',
    'Electronic Fund Transfers Disclosure',
    'ELECTRONIC_FUND_TRANSFERS',
    'BANK',
    'This disclosure lists the transfers you can make and what to do about errors.'
  ),
  document(
    'truth-in-savings',
    'Truth in Savings Disclosure',
    'TRUTH_IN_SAVINGS',
    'BANK',
    'This disclosure lists rates and the conditions of your deposit account.'
  ),
  document(
    'fees',
    'Schedule of Fees',
    'FEE_NOTICE',
    'BANK',
    'There are no monthly fees. Outgoing wires and other services may cost money.'
  ),
  document(
    'funds-availability',
    'Funds Availability Policy',
    'FUNDS_AVAILABILITY',
    'BANK',
    'This policy tells when money you deposit can be used.'
  ),
  document(
    'brokerage',
    'Brokerage Customer Agreement',
    'BROKERAGE',
    'BROKERAGE',
    'This agreement covers the brokerage account that holds your Treasury bills.'
  ),
  document(
    'treasuries-risk',
    'U.S. Treasury Securities Risk Disclosure',
    'US_TREASURIES_RISK',
    'BROKERAGE',
    'Treasury bills can lose value when they are sold before they mature.'
  ),
  document(
    'form-crs',
    'Customer Relationship Summary (Form CRS)',
    'FORM_CRS',
    'BROKERAGE',
    'This summary describes the services, costs and conflicts of interest of a broker-dealer.'
  ),
  document(
    'tax-certification',
    'Tax Certification for U.S. Persons',
    'TAX_CERTIFICATION_FOR_US_PERSON',
    'GENERAL',
    'You certify that your taxpayer number is correct and that you are a U.S. person.'
  )
]

function document(
  slug: string,
  title: string,
  type: string,
  category: string,
  summary: string
): Document {
  return { slug, title, type, category, text: [summary, SAMPLE] }
}

/** The newest bundle; the first one is created on demand. */
export function currentBundle({ records }: Jiko): Bundle {
  const newest = records.bundles.all().sort((a, b) => b.order - a.order)[0]
  return newest ?? records.bundles.put({ id: '1.0.0', order: 1, release_date: '2026-01-05' })
}

export function publishBundle(jiko: Jiko): Bundle {
  const { order } = currentBundle(jiko)
  return jiko.records.bundles.put({
    id: `1.${order}.0`,
    order: order + 1,
    release_date: jiko.now().toISOString().slice(0, 10)
  })
}

export function addAgreements(jiko: Jiko): void {
  const { app } = jiko.sandbox
  app.get('/api/v1/agreements/', (c) => {
    const { id, release_date } = currentBundle(jiko)
    const { origin } = new URL(c.req.url)
    const documents = DOCUMENTS.map(({ slug, title, type, category }) => ({
      title,
      pdf_download_url: `${origin}/files/agreements/${id}/${slug}.pdf`,
      type,
      category
    }))
    return c.json({ version: id, release_date, documents })
  })
  app.get('/files/agreements/:version/:file', (c) => {
    const found = DOCUMENTS.find(({ slug }) => `${slug}.pdf` === c.req.param('file'))
    const bundle = jiko.records.bundles.get(c.req.param('version'))
    if (!found || !bundle) throw notFound()
    const file = renderPdf(found.title, [
      `Version ${bundle.id}, released ${bundle.release_date}`,
      ...found.text
    ])
    return c.body(new Uint8Array(file), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${found.slug}.pdf"`
    })
  })
}
