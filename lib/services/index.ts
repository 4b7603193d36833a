/** The one door to the five services. */
import 'server-only'

export * as AccountService from '@/lib/services/plaid'
export * as AuthService from '@/lib/services/clerk'
export * as BankingService from '@/lib/services/jiko'
export * as DataService from '@/lib/services/data'
export * as PangeaService from '@/lib/services/pangea'
