import 'server-only'

/** Health figures for operators: the state of each vendor’s circuit breaker in this process. */
export { vendorHealth } from '@/lib/platform/vendor-call'
