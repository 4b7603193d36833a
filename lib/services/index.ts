/** The one door to the five services. */
import 'server-only'

export * as AccountService from './accounts'
export * as AuthService from './auth'
export * as BankingService from './banking'
export * as DataService from './data'
export * as PangeaService from './pangea'
