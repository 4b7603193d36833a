import { receive } from '@/app/api/webhooks/receive'

export const POST = receive('jiko')
