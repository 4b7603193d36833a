/** Entry point of the five services. */
import 'server-only'

export * as AuthService from '@/lib/services/clerk'
export * as DataService from '@/lib/services/data'
export * as BankingService from '@/lib/services/jiko'
export * as PangeaService from '@/lib/services/pangea'
export * as AccountService from '@/lib/services/plaid'
