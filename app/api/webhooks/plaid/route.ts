import { webhookRoute } from '@/app/_lib/webhook-route'

export const POST = webhookRoute('plaid')
