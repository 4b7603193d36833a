/** Generated local secrets, created once and readable by their owner only. */
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@/scripts/stack/env-files'

export type Secrets = ReturnType<typeof generateSecrets>

/**
 * Reads or creates `secrets.json` in the data folder. Without that file, encrypted rows are
 * unreadable.
 */
export function openSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const kept: Partial<Secrets> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const secrets = { ...generateSecrets(), ...kept }
  const temporary = `${file}.${process.pid}.tmp`
  writeFileSync(temporary, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(temporary, file)
  chmodSync(file, 0o600)
  return secrets
}

/** The app's own secrets, unless the environment sets them. */
export const appEnv = (secrets: Secrets): Environment => ({
  ENCRYPTION_KEYS: secrets.encryptionKeys,
  AUDIT_KEYS: secrets.auditKeys,
  CRON_SECRET: secrets.cronSecret,
  JIKO_WEBHOOK_SECRETS: secrets.jikoWebhookSecret
})

const randomText = () => randomBytes(24).toString('base64url')

const generateSecrets = () => ({
  encryptionKeys: `main:${randomBytes(32).toString('base64')}`,
  auditKeys: `audit:${randomBytes(32).toString('base64')}`,
  cronSecret: randomText(),
  clerkSecretKey: `sk_test_${randomBytes(24).toString('hex')}`,
  clerkWebhookSecret: `whsec_${randomBytes(24).toString('base64')}`,
  plaidClientId: randomBytes(12).toString('hex'),
  plaidSecret: randomBytes(15).toString('hex'),
  jikoPlaidClientId: randomBytes(12).toString('hex'),
  jikoPlaidSecret: randomBytes(15).toString('hex'),
  jikoUsername: 'pangea-local',
  jikoPassword: randomText(),
  jikoSharedSecret: randomText(),
  jikoWebhookSecret: randomText()
})
