import { receive } from '@/app/_lib/webhook-route'

export const POST = receive('clerk')
