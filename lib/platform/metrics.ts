import 'server-only'

/** What an operator may look at: how each vendor has been answering this process. */
export { vendorHealth } from '@/lib/platform/vendor-call'
