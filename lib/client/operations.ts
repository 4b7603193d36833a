/** Generated from the API’s document by `npm run openapi`. Do not edit. */
export type CounterpartyResponse = {
  id: string
  name: string
  mask: string | null
  kind: 'checking' | 'savings' | null
  state: 'verified' | 'checking' | 'needs_code' | 'failed' | 'expired' | 'unusable'
  withdrawableFrom: string | null
  ownerDiffers: boolean
}
export type FundingLinkInput = {
  bank?: string | null
}
export type FundingLinkResponse = {
  linkToken: string
  linkScriptUrl: string | null
  expiresAt: string
}
export type FundingBankInput = {
  public_token: string
  institution_id?: string | null
  accounts: {
    id: string
    name: string
    mask?: string | null
  }[]
}
export type InvestmentsResponse = {
  cash: MoneyResponse | null
  securities: SecurityResponse[]
  strategyId: string | null
  strategies: StrategyResponse[]
}
export type MoneyResponse = {
  minor: string
  currency: string
}
export type SecurityResponse = {
  description: string
  quantity: string
  value: MoneyResponse | null
  maturesOn: string | null
  yieldToMaturity: string | null
}
export type StrategyResponse = {
  id: string
  description: string
  yieldToMaturity: string | null
}
export type PortalsResponse = {
  portals: AccountNumbersResponse[]
}
export type AccountNumbersResponse = {
  routingNumber: string
  accountNumber: string
}
export type BankAccountResponse = {
  id: string
  name: string
  status: string
  balance: MoneyResponse | null
  balanceAt: string | null
  accountNumberLast4: string | null
  routingNumberLast4: string | null
}
export type StrategyInput = {
  strategy: string
}
export type StatementResponse = {
  id: string
  kind: string
  period: string
}
export type StatementInput = {
  id: string
}
export type StatementLinkResponse = {
  url: string
}
export type TradeResponse = {
  id: string
  title: string
  amount: MoneyResponse | null
  at: string
}
export type BankTransactionResponse = {
  id: string
  title: string
  type: string
  amount: MoneyResponse
  pending: boolean
  bookedAt: string
  settledAt: string | null
}
export type TransferResponse = {
  id: string
  direction: 'in' | 'out'
  amount: MoneyResponse
  state:
    | 'draft'
    | 'replaced'
    | 'sending'
    | 'refused'
    | 'not_sent'
    | 'submitted'
    | 'on_its_way'
    | 'settled'
    | 'rejected'
    | 'canceled'
    | 'returned'
  returnCode: string | null
  refusedFor: string | null
  settlesOn: string
  confirmedAt: string | null
  settledAt: string | null
  bank: {
    name: string
    mask: string | null
  }
}
export type TransferInput = {
  direction: 'in' | 'out'
  bank: string
  amount: string
}
export type AccountInvestmentsResponse = {
  holdings: HeldSecurityResponse[]
  transactions: InvestmentTransactionResponse[]
}
export type HeldSecurityResponse = {
  name: string
  ticker: string | null
  type: string | null
  quantity: string
  price: string | null
  pricedOn: string | null
  value: MoneyResponse | null
  cost: MoneyResponse | null
  gain: MoneyResponse | null
  currency: string
}
export type InvestmentTransactionResponse = {
  id: string
  date: string
  name: string
  kind: string
  subtype: string | null
  amount: MoneyResponse
  fees: MoneyResponse | null
  quantity: string | null
  price: string | null
  ticker: string | null
}
export type LinkedAccountInput = {
  name?: string | null
  hidden?: boolean
}
export type LinkedAccountResponse = {
  id: string
  connectionId: string
  institutionName: string
  name: string
  bankName: string
  hidden: boolean
  mask: string | null
  type: string
  subtype: string | null
  current: MoneyResponse | null
  available: MoneyResponse | null
  limit: MoneyResponse | null
  balancesAt: string | null
  liability: LiabilityResponse | null
}
export type LiabilityResponse = {
  kind: 'credit' | 'student' | 'mortgage'
  rates: {
    type: string
    percentage: string
  }[]
  minimum: MoneyResponse | null
  dueOn: string | null
  overdue: boolean | null
  statement: MoneyResponse | null
  statementOn: string | null
}
export type AuditPageResponse = {
  items: {
    id: string
    actorKind: string
    actorId: string
    userId: string | null
    action: string
    outcome: string
    subject: string | null
    sessionId: string | null
    network: string | null
    reason: string | null
    at: string
  }[]
  next: string | null
}
export type FailedJobsResponse = {
  items: {
    kind: 'lock' | 'delivery' | 'deletion' | 'task' | 'transfer' | 'notice' | 'sync' | 'system'
    id: string
    userId: string | null
    what: string
    status: string
    attempts: number
    service: string | null
    code: string | null
    runAt: string
    at: string
  }[]
}
export type RetryJobInput = {
  kind: 'lock' | 'delivery' | 'deletion' | 'task' | 'transfer' | 'notice' | 'sync' | 'system'
  id: string
  reason: string
}
export type OnboardingResponse = {
  steps: {
    step:
      | 'signed_up'
      | 'name'
      | 'dateOfBirth'
      | 'citizenship'
      | 'phone'
      | 'address'
      | 'work'
      | 'income'
      | 'netWorth'
      | 'affiliations'
      | 'agreements'
      | 'submitted'
      | 'account_open'
      | 'bank_linked'
    entered: number
    done: number
    left: number
    medianSeconds: number | null
  }[]
  cohorts: {
    day: string
    signedUp: number
    submitted: number
    accountOpen: number
    bankLinked: number
  }[]
  linkErrors: {
    institution: string
    code: string
    count: number
  }[]
  stuck: {
    userId: string
    step:
      | 'signed_up'
      | 'name'
      | 'dateOfBirth'
      | 'citizenship'
      | 'phone'
      | 'address'
      | 'work'
      | 'income'
      | 'netWorth'
      | 'affiliations'
      | 'agreements'
      | 'submitted'
      | 'account_open'
      | 'bank_linked'
    status: string | null
    since: string
    reason: string
    nextAction: string
  }[]
}
export type AdminActionInput = {
  reason: string
}
export type TrailResponse = {
  person: {
    id: string
    email: string | null
    createdAt: string
    applicationStatus: string | null
    accountStatus: string | null
    connections: number
    broken: number
    deletion: string | null
    lockedAt: string | null
    approvals: number
  }
  connections: {
    id: string
    itemId: string
    linkSessionId: string | null
    institutionName: string
    status: string
    errorType: string | null
    errorCode: string | null
    lastSyncedAt: string | null
    gone: boolean
    quarantined: number
  }[]
  linkEvents: {
    id: string
    type: string
    status: string | null
    errorType: string | null
    errorCode: string | null
    requestId: string | null
    linkSessionId: string | null
    itemId: string | null
    institutionId: string | null
    at: string
  }[]
  calls: {
    id: string
    service: string
    method: string
    requestId: string | null
    errorType: string | null
    errorCode: string | null
    durationMs: number
    at: string
  }[]
  runs: {
    id: string
    trigger: string
    status: string
    attempts: number
    service: string | null
    code: string | null
    at: string
  }[]
  deliveries: {
    id: string
    vendor: string
    type: string | null
    eventCode: string | null
    status: string
    attempts: number
    code: string | null
    at: string
  }[]
  audit: {
    id: string
    actor: string
    action: string
    at: string
  }[]
}
export type RemovalResponse = {
  id: string | null
  missing: number
}
export type PeopleResponse = {
  items: {
    id: string
    email: string | null
    createdAt: string
    applicationStatus: string | null
    accountStatus: string | null
    connections: number
    broken: number
    deletion: string | null
    lockedAt: string | null
    approvals: number
  }[]
  next: string | null
}
export type VendorsResponse = {
  items: {
    service: string
    calls: number
    failures: number
    slowestMs: number
    lastSuccessAt: string | null
    lastFailureAt: string | null
    lastWebhookAt: string | null
    errors: {
      code: string
      count: number
    }[]
  }[]
}
export type EsignConsentInput = {
  version: string
  shown?: string
  agreed: true
}
export type EsignLinkInput = {
  token: string
}
export type AgreementsResponse = {
  version: string
  releasedOn: string
  documents: {
    title: string
    url: string
    type: string
    category: string
  }[]
  esign: {
    shown: boolean
    agreed: boolean
  }
  testPage: string | null
}
export type AgreementsInput = {
  version: string
  agreed: string[]
}
export type ApplicationResponse = {
  step:
    | 'name'
    | 'date-of-birth'
    | 'citizenship'
    | 'phone'
    | 'address'
    | 'work'
    | 'income'
    | 'net-worth'
    | 'affiliations'
    | 'confirm-phone'
    | 'agreements'
    | 'check'
    | 'submit'
    | 'submitting'
    | 'ssn-again'
    | 'status'
    | 'account'
    | 'link-bank'
    | 'done'
  ineligible: 'under_18' | 'not_served' | null
  status: string | null
}
export type DocumentsResponse = {
  status: string | null
  documents: DocumentResponse[]
}
export type DocumentResponse = {
  type: string
  status: string
  reason: string | null
}
export type DraftInput =
  | {
      question: 'name'
      answer: {
        firstName: string
        middleName?: string | null
        lastName: string
      }
    }
  | {
      question: 'dateOfBirth'
      answer: {
        month: string
        day: string
        year: string
      }
    }
  | {
      question: 'citizenship'
      answer: {
        citizen: 'US' | 'OTHER'
        country?: string | null
      }
    }
  | {
      question: 'phone'
      answer: {
        number: string
      }
    }
  | {
      question: 'address'
      answer: {
        street: string
        street2?: string | null
        city: string
        state:
          | 'AL'
          | 'AK'
          | 'AZ'
          | 'AR'
          | 'CA'
          | 'CO'
          | 'CT'
          | 'DE'
          | 'DC'
          | 'FL'
          | 'GA'
          | 'HI'
          | 'ID'
          | 'IL'
          | 'IN'
          | 'IA'
          | 'KS'
          | 'KY'
          | 'LA'
          | 'ME'
          | 'MD'
          | 'MA'
          | 'MI'
          | 'MN'
          | 'MS'
          | 'MO'
          | 'MT'
          | 'NE'
          | 'NV'
          | 'NH'
          | 'NJ'
          | 'NM'
          | 'NY'
          | 'NC'
          | 'ND'
          | 'OH'
          | 'OK'
          | 'OR'
          | 'PA'
          | 'RI'
          | 'SC'
          | 'SD'
          | 'TN'
          | 'TX'
          | 'UT'
          | 'VT'
          | 'VA'
          | 'WA'
          | 'WV'
          | 'WI'
          | 'WY'
          | 'AA'
          | 'AE'
          | 'AP'
        postalCode: string
      }
    }
  | {
      question: 'work'
      answer: {
        employment: 'EMPLOYED' | 'INDEPENDENT' | 'RETIRED' | 'STUDENT' | 'UNEMPLOYED'
        occupation?: string | null
      }
    }
  | {
      question: 'income'
      answer: {
        income: 'BELOW_50K' | 'BETWEEN_50K_AND_100K' | 'BETWEEN_100K_AND_250K' | 'OVER_250K'
      }
    }
  | {
      question: 'netWorth'
      answer: {
        netWorth:
          | 'BELOW_50K'
          | 'BETWEEN_50K_AND_200K'
          | 'BETWEEN_200K_AND_1M'
          | 'BETWEEN_1M_AND_5M'
          | 'OVER_5M'
      }
    }
  | {
      question: 'affiliations'
      answer: {
        brokerDealer?: string | null
        directorOf?: string | null
      }
    }
export type OnboardedResponse = {
  userId: string
  bankAccountId: string | null
  linkToken: string | null
  step: string
  link: LinkTokenResponse | null
}
export type LinkTokenResponse = {
  linkToken: string
  linkScriptUrl: string | null
  expiresAt: string
  visit: string
}
export type PrefillInput = {
  connectionId: string
}
export type PrefillResponse = {
  filled: boolean
}
export type SubmitInput = {
  ssn: string
}
export type AssetResponse = {
  id: string
  name: string
  kind: string
  owed: boolean
  value: MoneyResponse
  valuedOn: string
  values: {
    on: string
    value: MoneyResponse
  }[]
}
export type AssetUpdateInput = {
  name?: string
  kind?:
    | 'home'
    | 'vehicle'
    | 'savings'
    | 'investment'
    | 'valuables'
    | 'other'
    | 'mortgage'
    | 'loan'
    | 'other_debt'
}
export type AssetValueInput = {
  value: unknown & unknown
  on?: string
}
export type DeleteAssetValueInput = {
  on: string
}
export type AssetInput = {
  name: string
  kind:
    | 'home'
    | 'vehicle'
    | 'savings'
    | 'investment'
    | 'valuables'
    | 'other'
    | 'mortgage'
    | 'loan'
    | 'other_debt'
  currency: string
  value: unknown & unknown
  on?: string
}
export type HostedLinkProgressResponse = {
  status: 'waiting' | 'open' | 'linked' | 'closed' | 'expired'
  bank: string | null
  connectionId: string | null
}
export type HostedLinkResponse = {
  visit: string
  url: string
  expiresAt: string
}
export type LinkSessionInput = {
  visit?: string | null
}
export type ResumedLinkResponse =
  | {
      linkToken: string
      linkScriptUrl: string | null
      expiresAt: string
      visit: string
      over: false
      purpose: 'link' | 'relink'
      connectionId: string | null
    }
  | {
      over: true
      purpose: 'link' | 'relink'
      connectionId: string | null
    }
export type SetAccessTokenInput = {
  public_token: string
  link_session_id?: string | null
  institution_id?: string | null
  accounts?: {
    id: string
    name: string
    mask?: string | null
    subtype?: string | null
  }[]
  visit?: string | null
}
export type LinkResponse = {
  connectionId: string
  outcome: 'linked' | 'already_linked'
}
export type CashFlowResponse = {
  currencies: {
    currency: string
    months: MonthlyCashFlowResponse[]
  }[]
}
export type MonthlyCashFlowResponse = {
  month: string
  in: SumResponse
  out: SumResponse
  net: MoneyResponse
}
export type SumResponse = {
  minor: string
  currency: string
  rows: string
}
export type SyncResponse = {
  status: string
  trigger: string
  attempts: number
  added: number
  modified: number
  removed: number
  code: string | null
  startedAt: string | null
  finishedAt: string | null
}
export type RelinkResponse = {
  status: string
}
export type ConnectionResponse = {
  id: string
  institution: {
    id: string | null
    name: string
    logo: string | null
  }
  status: string
  errorCode: string | null
  lastSyncedAt: string | null
  bankDataAt: string | null
  history: string
  endsAt: string | null
  newAccounts: boolean
  missingProducts: string[]
  quarantined: number
  leaving: boolean
  acts: ('check' | 'relink' | 'replace' | 'disconnect')[]
  sync: SyncResponse | null
}
export type DisconnectInput = {
  history: 'keep' | 'erase'
}
export type DisconnectResponse = {
  outcome: 'disconnected' | 'disconnecting'
}
export type SandboxActionInput =
  | {
      kind: 'reset_login'
    }
  | {
      kind: 'fire_webhook'
      code: string
      type?: string | null
    }
  | {
      kind: 'create_transactions'
    }
export type SyncRequestResponse = {
  restMs: number
}
export type DeletionResponse = {
  id: string
  status: 'pending' | 'in_progress' | 'completed' | 'failed'
  steps: {
    step: 'items' | 'bank' | 'rows' | 'sign_in'
    state: 'done' | 'current' | 'ahead'
    doneAt: string | null
  }[]
  waiting: {
    service: string | null
    code: string | null
    until: string
  } | null
  requestedAt: string
  finishedAt: string | null
}
export type LinkEventInput = {
  type: 'success' | 'exit'
  link_session_id?: string | null
  request_id?: string | null
  status?: string | null
  error_type?: string | null
  error_code?: string | null
  institution_id?: string | null
  connection_id?: string | null
  visit?: string | null
}
export type LockInput = {
  token: string
}
export type MeResponse = {
  id: string
  email: string | null
  step: string
}
export type DeleteMeInput = {
  confirmation: string
}
export type ReadMessagesInput = {
  upTo: string
}
export type MessageResponse = {
  id: string
  kind: string
  title: string
  text: string
  amounts: {
    label: string
    amount: MoneyResponse
  }[]
  link: {
    href: string
    label: string
  } | null
  read: boolean
  over: boolean
  at: string
}
export type NetWorthHistoryResponse = {
  currencies: {
    currency: string
    points: {
      on: string
      value: MoneyResponse
      estimated: boolean
    }[]
  }[]
}
export type NetWorthResponse = {
  currencies: {
    currency: string
    net: MoneyResponse
    assets: MoneyResponse
    debts: MoneyResponse
    groups: {
      type: string
      value: MoneyResponse
      holdings: HoldingResponse[]
    }[]
    asOf: string | null
  }[]
  asOf: string | null
  stale: HoldingResponse[]
  leftOut: {
    accountId: string
    name: string
    institutionName: string
    reason: string
  }[]
}
export type HoldingResponse = {
  accountId: string | null
  assetId: string | null
  valuedOn: string | null
  name: string
  institutionName: string
  value: MoneyResponse
  balancesAt: string | null
  stale: boolean
}
export type PreferencesResponse = {
  theme: 'system' | 'light' | 'dark' | 'contrast'
  language: 'en' | 'es' | null
  timeZone: string | null
  locale:
    | 'en-US'
    | 'en-GB'
    | 'en-CA'
    | 'en-AU'
    | 'en-IN'
    | 'de-DE'
    | 'de-CH'
    | 'es-ES'
    | 'es-MX'
    | 'es-US'
    | 'fr-FR'
    | 'it-IT'
    | 'nl-NL'
    | 'pl-PL'
    | 'pt-BR'
    | 'sv-SE'
    | null
  shortcuts: boolean
  emailNotices: boolean
  emailsOff: ('application' | 'deposits' | 'balances' | 'bills' | 'summary')[]
}
export type PreferencesInput = {
  theme?: 'system' | 'light' | 'dark' | 'contrast'
  language?: 'en' | 'es' | null
  timeZone?: string | null
  locale?:
    | 'en-US'
    | 'en-GB'
    | 'en-CA'
    | 'en-AU'
    | 'en-IN'
    | 'de-DE'
    | 'de-CH'
    | 'es-ES'
    | 'es-MX'
    | 'es-US'
    | 'fr-FR'
    | 'it-IT'
    | 'nl-NL'
    | 'pl-PL'
    | 'pt-BR'
    | 'sv-SE'
    | null
  shortcuts?: boolean
  emailNotices?: boolean
  emailsOff?: ('application' | 'deposits' | 'balances' | 'bills' | 'summary')[]
}
export type RecurringPaymentResponse = {
  merchant: string
  name: string
  category: string | null
  cadence: string
  amount: SumResponse
  perMonth: MoneyResponse
  fixed: boolean
  lastOn: string
  nextOn: string
}
export type RuleInput = {
  match?: 'contains' | 'equals' | null
  text?: string | null
  accountId?: string | null
  flow?: 'in' | 'out' | null
  category?:
    | 'BANK_FEES'
    | 'ENTERTAINMENT'
    | 'FOOD_AND_DRINK'
    | 'GENERAL_MERCHANDISE'
    | 'GENERAL_SERVICES'
    | 'GOVERNMENT_AND_NON_PROFIT'
    | 'HOME_IMPROVEMENT'
    | 'INCOME'
    | 'LOAN_PAYMENTS'
    | 'MEDICAL'
    | 'PERSONAL_CARE'
    | 'RENT_AND_UTILITIES'
    | 'TRANSFER_IN'
    | 'TRANSFER_OUT'
    | 'TRANSPORTATION'
    | 'TRAVEL'
    | 'UNCATEGORIZED'
    | null
    | string
  merchant?: string | null
  excluded?: boolean | null
}
export type SavedRuleResponse = {
  rule: RuleResponse
  matched: number
}
export type RuleResponse = {
  id: string
  match: string | null
  text: string | null
  accountId: string | null
  flow: string | null
  category: string | null
  merchant: string | null
  excluded: boolean | null
  createdAt: string
}
export type NewRuleInput = {
  id?: string
  match?: 'contains' | 'equals' | null
  text?: string | null
  accountId?: string | null
  flow?: 'in' | 'out' | null
  category?:
    | 'BANK_FEES'
    | 'ENTERTAINMENT'
    | 'FOOD_AND_DRINK'
    | 'GENERAL_MERCHANDISE'
    | 'GENERAL_SERVICES'
    | 'GOVERNMENT_AND_NON_PROFIT'
    | 'HOME_IMPROVEMENT'
    | 'INCOME'
    | 'LOAN_PAYMENTS'
    | 'MEDICAL'
    | 'PERSONAL_CARE'
    | 'RENT_AND_UTILITIES'
    | 'TRANSFER_IN'
    | 'TRANSFER_OUT'
    | 'TRANSPORTATION'
    | 'TRAVEL'
    | 'UNCATEGORIZED'
    | null
    | string
  merchant?: string | null
  excluded?: boolean | null
}
export type SpendingResponse = {
  current: PeriodResponse
  previous: PeriodResponse
  currencies: {
    currency: string
    total: SumResponse
    previous: SumResponse
    categories: CategorySpendingResponse[]
    merchants: MerchantSpendingResponse[]
  }[]
}
export type PeriodResponse = {
  from: string
  to: string
}
export type CategorySpendingResponse = {
  category: string
  name: string
  spent: SumResponse
  previous: SumResponse
  count: number
}
export type MerchantSpendingResponse = {
  merchant: string
  name: string
  spent: SumResponse
  count: number
}
export type TransactionDetailResponse = {
  rows: TransactionResponse[]
  bank: {
    category: string | null
    merchant: string | null
  }
  rule: {
    category: string | null
    merchant: string | null
    excluded: boolean | null
  }
  own: {
    category: string | null
    merchant: string | null
    note: string | null
    excluded: boolean | null
  }
  parts: SplitResponse[]
  split: {
    from: MoneyResponse | null
    holds: boolean
  }
  pair: TransferPairResponse | null
}
export type TransactionResponse = {
  id: string
  accountId: string
  accountName: string
  amount: MoneyResponse
  date: string
  authorizedOn: string | null
  name: string
  merchantName: string | null
  category: string | null
  categoryDetailed: string | null
  kind: string
  paymentChannel: string | null
  accountMask: string | null
  institutionName: string
  pending: boolean
  note: string | null
  tags: string[]
  addedAt: string
  part: {
    n: number
    of: number
    whole: MoneyResponse
  } | null
  splitChanged: boolean
}
export type SplitResponse = {
  amount: MoneyResponse
  category: string | null
  note: string | null
}
export type TransferPairResponse = {
  otherId: string
  accountName: string
  accountMask: string | null
  institutionName: string
  date: string
  undone: boolean
}
export type TransactionEditInput = {
  category?:
    | 'BANK_FEES'
    | 'ENTERTAINMENT'
    | 'FOOD_AND_DRINK'
    | 'GENERAL_MERCHANDISE'
    | 'GENERAL_SERVICES'
    | 'GOVERNMENT_AND_NON_PROFIT'
    | 'HOME_IMPROVEMENT'
    | 'INCOME'
    | 'LOAN_PAYMENTS'
    | 'MEDICAL'
    | 'PERSONAL_CARE'
    | 'RENT_AND_UTILITIES'
    | 'TRANSFER_IN'
    | 'TRANSFER_OUT'
    | 'TRANSPORTATION'
    | 'TRAVEL'
    | 'UNCATEGORIZED'
    | null
    | string
  merchant?: string | null
  note?: string | null
  excluded?: boolean | null
  tags?: string[]
  ownTransfer?: boolean
  parts?: {
    minor: string
    category?:
      | 'BANK_FEES'
      | 'ENTERTAINMENT'
      | 'FOOD_AND_DRINK'
      | 'GENERAL_MERCHANDISE'
      | 'GENERAL_SERVICES'
      | 'GOVERNMENT_AND_NON_PROFIT'
      | 'HOME_IMPROVEMENT'
      | 'INCOME'
      | 'LOAN_PAYMENTS'
      | 'MEDICAL'
      | 'PERSONAL_CARE'
      | 'RENT_AND_UTILITIES'
      | 'TRANSFER_IN'
      | 'TRANSFER_OUT'
      | 'TRANSPORTATION'
      | 'TRAVEL'
      | 'UNCATEGORIZED'
      | null
      | string
    note?: string | null
  }[]
}
export type BulkEditResponse = {
  id: string
  changed: number
}
export type BulkEditInput = {
  id: string
  ids?: string[]
  filter?: FilterInput
  except?: string[]
  change: {
    category?:
      | 'BANK_FEES'
      | 'ENTERTAINMENT'
      | 'FOOD_AND_DRINK'
      | 'GENERAL_MERCHANDISE'
      | 'GENERAL_SERVICES'
      | 'GOVERNMENT_AND_NON_PROFIT'
      | 'HOME_IMPROVEMENT'
      | 'INCOME'
      | 'LOAN_PAYMENTS'
      | 'MEDICAL'
      | 'PERSONAL_CARE'
      | 'RENT_AND_UTILITIES'
      | 'TRANSFER_IN'
      | 'TRANSFER_OUT'
      | 'TRANSPORTATION'
      | 'TRAVEL'
      | 'UNCATEGORIZED'
      | null
      | string
    merchant?: string | null
    excluded?: boolean | null
    addTags?: string[]
    removeTags?: string[]
  }
}
export type FilterInput = {
  q?: string
  account?: string
  category?: string
  kind?: 'income' | 'spending' | 'transfer' | 'excluded'
  merchant?: string
  currency?: string
  flow?: 'in' | 'out'
  min?: string
  max?: string
  from?: string
  to?: string
  pending?: 'yes' | 'no'
  tag?: string
}
export type ErrorResponse = {
  error: {
    code: string
    message: string
    fields?: Record<string, string>
    reference: string
  }
  clerk_error?: ReverificationHint
}
export type ReverificationHint = {
  type: 'forbidden'
  reason: 'reverification-error'
  metadata: {
    reverification: {
      level: 'second_factor'
      afterMinutes: number
    }
  }
}
export type Operations = {
  /** Check again whether a bank for transfers is verified. Needs a verification that is at most 10 minutes old. At most 20 calls in a minute. */
  postAccountCounterpartiesByIdVerify: {
    input: {
      params: {
        id: string
      }
    }
    output: CounterpartyResponse
  }
  /** Open Link to add a bank for transfers. Needs a verification that is at most 10 minutes old. At most 20 calls in a minute. */
  postAccountCounterpartiesLink: { input: { body: FundingLinkInput }; output: FundingLinkResponse }
  /** Banks that money can be moved from and to. At most 1200 calls in a minute. */
  getAccountCounterparties: {
    input: Record<string, never>
    output: {
      items: CounterpartyResponse[]
    }
  }
  /** Add a bank for transfers after Jiko’s Link window closed. Needs a verification that is at most 10 minutes old. At most 20 calls in a minute. */
  postAccountCounterparties: {
    input: { body: FundingBankInput }
    output: {
      items: CounterpartyResponse[]
    }
  }
  /** How the balance is invested in Treasury bills. At most 120 calls in a minute. */
  getAccountInvestments: { input: Record<string, never>; output: InvestmentsResponse }
  /** Links to Jiko’s pages with the account’s numbers. Needs a verification that is at most 10 minutes old. At most 20 calls in a minute. */
  postAccountPortals: { input: Record<string, never>; output: PortalsResponse }
  /** The Jiko account with its balance and state. At most 1200 calls in a minute. */
  getAccount: { input: Record<string, never>; output: BankAccountResponse }
  /** Change how the balance is invested. Needs a verification that is at most 10 minutes old. At most 10 calls in a minute. */
  patchAccount: { input: { body: StrategyInput }; output: InvestmentsResponse }
  /** Monthly statements. At most 120 calls in a minute. */
  getAccountStatements: {
    input: {
      query?: {
        cursor?: string
        limit?: number
      }
    }
    output: {
      items: StatementResponse[]
      next: string | null
    }
  }
  /** A link to one statement’s PDF. Needs a verification that is at most 10 minutes old. At most 20 calls in a minute. */
  postAccountStatements: { input: { body: StatementInput }; output: StatementLinkResponse }
  /** Purchases and maturities of Treasury bills. At most 120 calls in a minute. */
  getAccountTrades: {
    input: {
      query?: {
        cursor?: string
        limit?: number
      }
    }
    output: {
      items: TradeResponse[]
      next: string | null
    }
  }
  /** A link to one trade confirmation’s PDF. Needs a verification that is at most 10 minutes old. At most 20 calls in a minute. */
  postAccountTrades: { input: { body: StatementInput }; output: StatementLinkResponse }
  /** Transactions of the Jiko account. At most 120 calls in a minute. */
  getAccountTransactions: {
    input: {
      query?: {
        cursor?: string
        limit?: number
      }
    }
    output: {
      items: BankTransactionResponse[]
      next: string | null
    }
  }
  /** Confirm a prepared transfer, which moves the money. Needs a verification that is at most a minute old. At most 10 calls in a minute. */
  postAccountTransfersByIdConfirm: {
    input: {
      params: {
        id: string
      }
    }
    output: TransferResponse
  }
  /** Transfers, newest first. At most 1200 calls in a minute. */
  getAccountTransfers: {
    input: {
      query?: {
        cursor?: string
        limit?: number
      }
    }
    output: {
      items: TransferResponse[]
      next: string | null
    }
  }
  /** Prepare a transfer; no money moves until it is confirmed. At most 20 calls in a minute. */
  postAccountTransfers: { input: { body: TransferInput }; output: TransferResponse }
  /** Holdings and transactions of an investment account. At most 1200 calls in a minute. */
  getAccountsByIdInvestments: {
    input: {
      params: {
        id: string
      }
    }
    output: AccountInvestmentsResponse
  }
  /** Rename or hide a linked account. At most 120 calls in a minute. */
  patchAccountsById: {
    input: {
      params: {
        id: string
      }
      body: LinkedAccountInput
    }
    output: undefined
  }
  /** Linked accounts with balances. At most 1200 calls in a minute. */
  getAccounts: {
    input: {
      query?: {
        hidden?: 'include'
      }
    }
    output: {
      items: LinkedAccountResponse[]
      next: string | null
    }
  }
  /** The audit log, newest first. For administrators. At most 300 calls in a minute. */
  getAdminAudit: {
    input: {
      query?: {
        q?: string
        cursor?: string | null
      }
    }
    output: AuditPageResponse
  }
  /** Jobs that failed permanently. For administrators. At most 300 calls in a minute. */
  getAdminFailedJobs: { input: Record<string, never>; output: FailedJobsResponse }
  /** Run a failed job again. For administrators. Needs a verification that is at most 10 minutes old. At most 60 calls in a minute. */
  postAdminFailedJobs: { input: { body: RetryJobInput }; output: undefined }
  /** How far users come in onboarding, errors of Link, and stuck applications. For administrators. At most 300 calls in a minute. */
  getAdminOnboarding: {
    input: {
      query?: {
        days?: number
      }
    }
    output: OnboardingResponse
  }
  /** Grant half an hour of access to a user’s activity, with a reason. For administrators. Needs a verification that is at most 10 minutes old. At most 60 calls in a minute. */
  postAdminUsersByIdAccess: {
    input: {
      params: {
        id: string
      }
      body: AdminActionInput
    }
    output: undefined
  }
  /** Unlock transfers that a user or the system locked. For administrators. Needs a verification that is at most 10 minutes old. At most 60 calls in a minute. */
  deleteAdminUsersByIdLock: {
    input: {
      params: {
        id: string
      }
      body: AdminActionInput
    }
    output: undefined
  }
  /** One user’s history of events. For administrators. At most 300 calls in a minute. */
  getAdminUsersById: {
    input: {
      params: {
        id: string
      }
    }
    output: TrailResponse
  }
  /** Delete a user at every vendor. For administrators. Needs a verification that is at most 10 minutes old. At most 60 calls in a minute. */
  deleteAdminUsersById: {
    input: {
      params: {
        id: string
      }
      body: AdminActionInput
    }
    output: RemovalResponse
  }
  /** Users, newest first; `q` searches by e-mail or id. For administrators. At most 300 calls in a minute. */
  getAdminUsers: {
    input: {
      query?: {
        q?: string
        cursor?: string | null
      }
    }
    output: PeopleResponse
  }
  /** The health of every vendor. For administrators. At most 300 calls in a minute. */
  getAdminVendors: { input: Record<string, never>; output: VendorsResponse }
  /** Agree to receive documents electronically, before the other agreements. At most 20 calls in 1440 minutes. */
  postApplicationAgreementsEsign: { input: { body: EsignConsentInput }; output: undefined }
  /** The test PDF that shows that the applicant can read documents. */
  getApplicationAgreementsEsignCheck: {
    input: {
      query?: {
        page?: string
      }
    }
    output: Response
  }
  /** Show that the applicant can read documents, with the link of the test PDF. At most 600 calls in 60 minutes. */
  postApplicationAgreementsEsignCheck: { input: { body: EsignLinkInput }; output: undefined }
  /** Jiko’s agreements to accept. At most 120 calls in a minute. */
  getApplicationAgreements: { input: Record<string, never>; output: AgreementsResponse }
  /** Accept the agreements, one consent for each group. At most 20 calls in a minute. */
  postApplicationAgreements: { input: { body: AgreementsInput }; output: ApplicationResponse }
  /** Upload one document that Jiko asks for. At most 30 calls in a minute. */
  postApplicationDocumentsByType: {
    input: {
      params: {
        type: string
      }
      body: BodyInit
    }
    output: DocumentsResponse
  }
  /** Documents that Jiko asks for. At most 1200 calls in a minute. */
  getApplicationDocuments: { input: Record<string, never>; output: DocumentsResponse }
  /** Save the answer to one question. At most 120 calls in a minute. */
  putApplicationDraft: { input: { body: DraftInput }; output: ApplicationResponse }
  /** Open Link for a user whose account is open. At most 20 calls in a minute. */
  postApplicationLink: { input: Record<string, never>; output: OnboardedResponse }
  /** Use the phone number that Clerk verified. At most 20 calls in a minute. */
  postApplicationPhone: { input: Record<string, never>; output: ApplicationResponse }
  /** Suggest answers of the application from a linked bank. At most 20 calls in a minute. */
  postApplicationPrefill: { input: { body: PrefillInput }; output: PrefillResponse }
  /** The application: its answers, state and next step. At most 1200 calls in a minute. */
  getApplication: { input: Record<string, never>; output: ApplicationResponse }
  /** Submit the application with the Social Security number, which goes to Jiko only. At most 10 calls in a minute. */
  postApplicationSubmit: { input: { body: SubmitInput }; output: OnboardedResponse }
  /** One asset with its values. At most 1200 calls in a minute. */
  getAssetsById: {
    input: {
      params: {
        id: string
      }
    }
    output: AssetResponse
  }
  /** Change an asset. At most 60 calls in a minute. */
  patchAssetsById: {
    input: {
      params: {
        id: string
      }
      body: AssetUpdateInput
    }
    output: AssetResponse
  }
  /** Delete an asset. At most 60 calls in a minute. */
  deleteAssetsById: {
    input: {
      params: {
        id: string
      }
    }
    output: undefined
  }
  /** Set an asset’s value on a date. At most 60 calls in a minute. */
  postAssetsByIdValues: {
    input: {
      params: {
        id: string
      }
      body: AssetValueInput
    }
    output: AssetResponse
  }
  /** Delete an asset’s value of a date. At most 60 calls in a minute. */
  deleteAssetsByIdValues: {
    input: {
      params: {
        id: string
      }
      body: DeleteAssetValueInput
    }
    output: AssetResponse
  }
  /** Assets and debts the user entered. At most 1200 calls in a minute. */
  getAssets: {
    input: Record<string, never>
    output: {
      items: AssetResponse[]
      next: string | null
    }
  }
  /** Add an asset or a debt. At most 60 calls in a minute. */
  postAssets: { input: { body: AssetInput }; output: AssetResponse }
  /** Create a Link token to connect a bank. At most 20 calls in a minute. */
  postBankConnect: {
    input: {
      query?: {
        kind?: 'everyday' | 'investments' | 'mortgage' | 'application'
      }
    }
    output: LinkTokenResponse
  }
  /** Ask how far a Link session on another device is, and connect its bank. At most 60 calls in a minute. */
  postBankHostedById: {
    input: {
      params: {
        id: string
      }
    }
    output: HostedLinkProgressResponse
  }
  /** Create the address of a Link session on another device. At most 20 calls in a minute. */
  postBankHosted: {
    input: {
      query?: {
        kind?: 'everyday' | 'investments' | 'mortgage' | 'application'
      }
    }
    output: HostedLinkResponse
  }
  /** Continue a Link session after the bank’s own page. At most 60 calls in a minute. */
  postBankResume: { input: { body: LinkSessionInput }; output: ResumedLinkResponse | null }
  /** Exchange Link’s public token and connect the bank. At most 20 calls in a minute. */
  postBankSetAccessToken: { input: { body: SetAccessTokenInput }; output: LinkResponse }
  /** Income and spending per month. At most 300 calls in a minute. */
  getCashFlow: {
    input: {
      query?: {
        until?: string
        months?: number
        zone?: string
      }
    }
    output: CashFlowResponse
  }
  /** Progress of a bank’s current synchronisation. At most 1200 calls in a minute. */
  getConnectionsByIdProgress: {
    input: {
      params: {
        id: string
      }
    }
    output: SyncResponse
  }
  /** Create a Link token to repair or extend a connection. At most 20 calls in a minute. */
  postConnectionsByIdRelink: {
    input: {
      params: {
        id: string
      }
    }
    output: LinkTokenResponse
  }
  /** Finish a repaired connection after Link closed. At most 20 calls in a minute. */
  postConnectionsByIdRelinked: {
    input: {
      params: {
        id: string
      }
      body: LinkSessionInput
    }
    output: RelinkResponse
  }
  /** One connected bank. At most 1200 calls in a minute. */
  getConnectionsById: {
    input: {
      params: {
        id: string
      }
    }
    output: ConnectionResponse
  }
  /** Disconnect a bank and keep or erase its history. Needs a verification that is at most 10 minutes old if history is erase. At most 20 calls in a minute. */
  deleteConnectionsById: {
    input: {
      params: {
        id: string
      }
      body: DisconnectInput
    }
    output: DisconnectResponse
  }
  /** Simulate an event of a bank; only with sandbox keys. At most 30 calls in a minute. */
  postConnectionsByIdSandboxActions: {
    input: {
      params: {
        id: string
      }
      body: SandboxActionInput
    }
    output: undefined
  }
  /** Ask for a synchronisation of a bank. At most 10 calls in a minute. */
  postConnectionsByIdSync: {
    input: {
      params: {
        id: string
      }
    }
    output: SyncRequestResponse
  }
  /** Connected banks with their state. At most 1200 calls in a minute. */
  getConnections: {
    input: Record<string, never>
    output: {
      items: ConnectionResponse[]
      next: string | null
    }
  }
  /** Progress of a deletion. */
  getDeletionsById: {
    input: {
      params: {
        id: string
      }
    }
    output: DeletionResponse
  }
  /** A stream of the user’s changes, as server-sent events. At most 120 calls in a minute. */
  getEvents: { input: Record<string, never>; output: Response }
  /** All of the user’s data as a ZIP file. Needs a verification that is at most 10 minutes old. At most 5 calls in a minute. */
  getExport: { input: Record<string, never>; output: Response }
  /** Whether the export may be downloaded now. Needs a verification that is at most 10 minutes old. At most 20 calls in a minute. */
  postExport: { input: Record<string, never>; output: undefined }
  /** Report what happened in Link. At most 120 calls in a minute. */
  postLinkEvents: { input: { body: LinkEventInput }; output: undefined }
  /** Lock transfers with the link of an e-mail. At most 30 calls in 60 minutes. */
  postLocks: { input: { body: LockInput }; output: undefined }
  /** The signed-in user and their next step. At most 1200 calls in a minute. */
  getMe: { input: Record<string, never>; output: MeResponse }
  /** Delete the user and all data. Needs a verification that is at most 10 minutes old. At most 10 calls in a minute. */
  deleteMe: { input: { body: DeleteMeInput }; output: DeletionResponse }
  /** Mark messages as read. At most 120 calls in a minute. */
  postMessagesRead: { input: { body: ReadMessagesInput }; output: undefined }
  /** Messages, newest first. At most 1200 calls in a minute. */
  getMessages: {
    input: {
      query?: {
        cursor?: string
        limit?: number
      }
    }
    output: {
      items: MessageResponse[]
      next: string | null
    }
  }
  /** Net worth per day. At most 300 calls in a minute. */
  getNetWorthHistory: {
    input: {
      query?: {
        range?: '1m' | '3m' | '1y' | 'all'
        zone?: string
      }
    }
    output: NetWorthHistoryResponse
  }
  /** Net worth per currency and kind of account. At most 300 calls in a minute. */
  getNetWorth: { input: Record<string, never>; output: NetWorthResponse }
  /** The user’s preferences. At most 1200 calls in a minute. */
  getPreferences: { input: Record<string, never>; output: PreferencesResponse }
  /** Change preferences. Needs a verification that is at most 10 minutes old if emailNotices or emailsOff changes. At most 120 calls in a minute. */
  patchPreferences: { input: { body: PreferencesInput }; output: PreferencesResponse }
  /** Recurring payments with their next dates. At most 300 calls in a minute. */
  getRecurring: {
    input: {
      query?: {
        zone?: string
      }
    }
    output: {
      items: RecurringPaymentResponse[]
      next: string | null
    }
  }
  /** Change a rule and apply it. At most 30 calls in a minute. */
  putRulesById: {
    input: {
      params: {
        id: string
      }
      body: RuleInput
    }
    output: SavedRuleResponse
  }
  /** Delete a rule and undo its changes. At most 30 calls in a minute. */
  deleteRulesById: {
    input: {
      params: {
        id: string
      }
    }
    output: undefined
  }
  /** Rules that change new and old transactions. At most 1200 calls in a minute. */
  getRules: {
    input: Record<string, never>
    output: {
      items: RuleResponse[]
      next: string | null
    }
  }
  /** Add a rule and apply it. At most 30 calls in a minute. */
  postRules: { input: { body: NewRuleInput }; output: SavedRuleResponse }
  /** Spending per category and merchant. At most 300 calls in a minute. */
  getSpending: {
    input: {
      query?: {
        month?: string
        from?: string
        to?: string
        zone?: string
      }
    }
    output: SpendingResponse
  }
  /** One transaction with its splits and its other side. At most 1200 calls in a minute. */
  getTransactionsById: {
    input: {
      params: {
        id: string
      }
    }
    output: TransactionDetailResponse
  }
  /** Edit one transaction. At most 240 calls in a minute. */
  patchTransactionsById: {
    input: {
      params: {
        id: string
      }
      body: TransactionEditInput
    }
    output: TransactionDetailResponse
  }
  /** Undo an edit of several transactions. At most 30 calls in a minute. */
  deleteTransactionsChangesById: {
    input: {
      params: {
        id: string
      }
    }
    output: BulkEditResponse
  }
  /** Edit all transactions that match a filter. At most 30 calls in a minute. */
  postTransactionsChanges: { input: { body: BulkEditInput }; output: BulkEditResponse }
  /** All transactions that match a filter, as CSV, JSON or JSON lines. Needs a verification that is at most 10 minutes old if more than 1000 rows. At most 20 calls in a minute. */
  getTransactionsExport: {
    input: {
      query?: {
        q?: string
        account?: string
        category?: string
        kind?: 'income' | 'spending' | 'transfer' | 'excluded'
        merchant?: string
        currency?: string
        flow?: 'in' | 'out'
        min?: string
        max?: string
        from?: string
        to?: string
        pending?: 'yes' | 'no'
        tag?: string
        sort?: 'newest' | 'oldest' | 'largest' | 'smallest'
        format?: 'csv' | 'json' | 'ndjson'
      }
    }
    output: Response
  }
  /** Whether the transactions may be downloaded now. Needs a verification that is at most 10 minutes old if more than 1000 rows. At most 20 calls in a minute. */
  postTransactionsExport: {
    input: {
      query?: {
        q?: string
        account?: string
        category?: string
        kind?: 'income' | 'spending' | 'transfer' | 'excluded'
        merchant?: string
        currency?: string
        flow?: 'in' | 'out'
        min?: string
        max?: string
        from?: string
        to?: string
        pending?: 'yes' | 'no'
        tag?: string
        sort?: 'newest' | 'oldest' | 'largest' | 'smallest'
        format?: 'csv' | 'json' | 'ndjson'
      }
    }
    output: undefined
  }
  /** Record that the user has seen the newest transactions. At most 120 calls in a minute. */
  postTransactionsLastSeen: { input: Record<string, never>; output: undefined }
  /** Transactions that match a filter, newest first by default. At most 1200 calls in a minute. */
  getTransactions: {
    input: {
      query?: {
        q?: string
        account?: string
        category?: string
        kind?: 'income' | 'spending' | 'transfer' | 'excluded'
        merchant?: string
        currency?: string
        flow?: 'in' | 'out'
        min?: string
        max?: string
        from?: string
        to?: string
        pending?: 'yes' | 'no'
        tag?: string
        sort?: 'newest' | 'oldest' | 'largest' | 'smallest'
        cursor?: string
        limit?: number
      }
    }
    output: {
      items: TransactionResponse[]
      next: string | null
    }
  }
}
export const ADDRESSES = {
  postAccountCounterpartiesByIdVerify: [
    'POST',
    '/api/v1/account/counterparties/{id}/verify',
    'application/json'
  ],
  postAccountCounterpartiesLink: [
    'POST',
    '/api/v1/account/counterparties/link',
    'application/json'
  ],
  getAccountCounterparties: ['GET', '/api/v1/account/counterparties', 'application/json'],
  postAccountCounterparties: ['POST', '/api/v1/account/counterparties', 'application/json'],
  getAccountInvestments: ['GET', '/api/v1/account/investments', 'application/json'],
  postAccountPortals: ['POST', '/api/v1/account/portals', 'application/json'],
  getAccount: ['GET', '/api/v1/account', 'application/json'],
  patchAccount: ['PATCH', '/api/v1/account', 'application/json'],
  getAccountStatements: ['GET', '/api/v1/account/statements', 'application/json'],
  postAccountStatements: ['POST', '/api/v1/account/statements', 'application/json'],
  getAccountTrades: ['GET', '/api/v1/account/trades', 'application/json'],
  postAccountTrades: ['POST', '/api/v1/account/trades', 'application/json'],
  getAccountTransactions: ['GET', '/api/v1/account/transactions', 'application/json'],
  postAccountTransfersByIdConfirm: [
    'POST',
    '/api/v1/account/transfers/{id}/confirm',
    'application/json'
  ],
  getAccountTransfers: ['GET', '/api/v1/account/transfers', 'application/json'],
  postAccountTransfers: ['POST', '/api/v1/account/transfers', 'application/json'],
  getAccountsByIdInvestments: ['GET', '/api/v1/accounts/{id}/investments', 'application/json'],
  patchAccountsById: ['PATCH', '/api/v1/accounts/{id}', 'application/json'],
  getAccounts: ['GET', '/api/v1/accounts', 'application/json'],
  getAdminAudit: ['GET', '/api/v1/admin/audit', 'application/json'],
  getAdminFailedJobs: ['GET', '/api/v1/admin/failed-jobs', 'application/json'],
  postAdminFailedJobs: ['POST', '/api/v1/admin/failed-jobs', 'application/json'],
  getAdminOnboarding: ['GET', '/api/v1/admin/onboarding', 'application/json'],
  postAdminUsersByIdAccess: ['POST', '/api/v1/admin/users/{id}/access', 'application/json'],
  deleteAdminUsersByIdLock: ['DELETE', '/api/v1/admin/users/{id}/lock', 'application/json'],
  getAdminUsersById: ['GET', '/api/v1/admin/users/{id}', 'application/json'],
  deleteAdminUsersById: ['DELETE', '/api/v1/admin/users/{id}', 'application/json'],
  getAdminUsers: ['GET', '/api/v1/admin/users', 'application/json'],
  getAdminVendors: ['GET', '/api/v1/admin/vendors', 'application/json'],
  postApplicationAgreementsEsign: [
    'POST',
    '/api/v1/application/agreements/esign',
    'application/json'
  ],
  getApplicationAgreementsEsignCheck: [
    'GET',
    '/api/v1/application/agreements/esign-check',
    'application/json'
  ],
  postApplicationAgreementsEsignCheck: [
    'POST',
    '/api/v1/application/agreements/esign-check',
    'application/json'
  ],
  getApplicationAgreements: ['GET', '/api/v1/application/agreements', 'application/json'],
  postApplicationAgreements: ['POST', '/api/v1/application/agreements', 'application/json'],
  postApplicationDocumentsByType: ['POST', '/api/v1/application/documents/{type}', 'image/png'],
  getApplicationDocuments: ['GET', '/api/v1/application/documents', 'application/json'],
  putApplicationDraft: ['PUT', '/api/v1/application/draft', 'application/json'],
  postApplicationLink: ['POST', '/api/v1/application/link', 'application/json'],
  postApplicationPhone: ['POST', '/api/v1/application/phone', 'application/json'],
  postApplicationPrefill: ['POST', '/api/v1/application/prefill', 'application/json'],
  getApplication: ['GET', '/api/v1/application', 'application/json'],
  postApplicationSubmit: ['POST', '/api/v1/application/submit', 'application/json'],
  getAssetsById: ['GET', '/api/v1/assets/{id}', 'application/json'],
  patchAssetsById: ['PATCH', '/api/v1/assets/{id}', 'application/json'],
  deleteAssetsById: ['DELETE', '/api/v1/assets/{id}', 'application/json'],
  postAssetsByIdValues: ['POST', '/api/v1/assets/{id}/values', 'application/json'],
  deleteAssetsByIdValues: ['DELETE', '/api/v1/assets/{id}/values', 'application/json'],
  getAssets: ['GET', '/api/v1/assets', 'application/json'],
  postAssets: ['POST', '/api/v1/assets', 'application/json'],
  postBankConnect: ['POST', '/api/v1/bank/connect', 'application/json'],
  postBankHostedById: ['POST', '/api/v1/bank/hosted/{id}', 'application/json'],
  postBankHosted: ['POST', '/api/v1/bank/hosted', 'application/json'],
  postBankResume: ['POST', '/api/v1/bank/resume', 'application/json'],
  postBankSetAccessToken: ['POST', '/api/v1/bank/set_access_token', 'application/json'],
  getCashFlow: ['GET', '/api/v1/cash-flow', 'application/json'],
  getConnectionsByIdProgress: ['GET', '/api/v1/connections/{id}/progress', 'application/json'],
  postConnectionsByIdRelink: ['POST', '/api/v1/connections/{id}/relink', 'application/json'],
  postConnectionsByIdRelinked: ['POST', '/api/v1/connections/{id}/relinked', 'application/json'],
  getConnectionsById: ['GET', '/api/v1/connections/{id}', 'application/json'],
  deleteConnectionsById: ['DELETE', '/api/v1/connections/{id}', 'application/json'],
  postConnectionsByIdSandboxActions: [
    'POST',
    '/api/v1/connections/{id}/sandbox-actions',
    'application/json'
  ],
  postConnectionsByIdSync: ['POST', '/api/v1/connections/{id}/sync', 'application/json'],
  getConnections: ['GET', '/api/v1/connections', 'application/json'],
  getDeletionsById: ['GET', '/api/v1/deletions/{id}', 'application/json'],
  getEvents: ['GET', '/api/v1/events', 'application/json'],
  getExport: ['GET', '/api/v1/export', 'application/json'],
  postExport: ['POST', '/api/v1/export', 'application/json'],
  postLinkEvents: ['POST', '/api/v1/link-events', 'application/json'],
  postLocks: ['POST', '/api/v1/locks', 'application/json'],
  getMe: ['GET', '/api/v1/me', 'application/json'],
  deleteMe: ['DELETE', '/api/v1/me', 'application/json'],
  postMessagesRead: ['POST', '/api/v1/messages/read', 'application/json'],
  getMessages: ['GET', '/api/v1/messages', 'application/json'],
  getNetWorthHistory: ['GET', '/api/v1/net-worth/history', 'application/json'],
  getNetWorth: ['GET', '/api/v1/net-worth', 'application/json'],
  getPreferences: ['GET', '/api/v1/preferences', 'application/json'],
  patchPreferences: ['PATCH', '/api/v1/preferences', 'application/json'],
  getRecurring: ['GET', '/api/v1/recurring', 'application/json'],
  putRulesById: ['PUT', '/api/v1/rules/{id}', 'application/json'],
  deleteRulesById: ['DELETE', '/api/v1/rules/{id}', 'application/json'],
  getRules: ['GET', '/api/v1/rules', 'application/json'],
  postRules: ['POST', '/api/v1/rules', 'application/json'],
  getSpending: ['GET', '/api/v1/spending', 'application/json'],
  getTransactionsById: ['GET', '/api/v1/transactions/{id}', 'application/json'],
  patchTransactionsById: ['PATCH', '/api/v1/transactions/{id}', 'application/json'],
  deleteTransactionsChangesById: [
    'DELETE',
    '/api/v1/transactions/changes/{id}',
    'application/json'
  ],
  postTransactionsChanges: ['POST', '/api/v1/transactions/changes', 'application/json'],
  getTransactionsExport: ['GET', '/api/v1/transactions/export', 'application/json'],
  postTransactionsExport: ['POST', '/api/v1/transactions/export', 'application/json'],
  postTransactionsLastSeen: ['POST', '/api/v1/transactions/last-seen', 'application/json'],
  getTransactions: ['GET', '/api/v1/transactions', 'application/json']
} as const
