/** Settings that a deployment refuses to start with. Problems name the variable, never its value. */
import { BlockList, isIP } from 'node:net'

type Variables = NodeJS.Dict<string>
type SettingRule = { names: readonly string[]; problem: string; isBroken: Check }
type Check = (value: string, all: Variables) => boolean

const MIN_SECRET_LENGTH = 24
const MIN_SECRET_CHARACTERS = 8
const MIN_KEY_BYTES = 16
const MIN_SIGNING_BYTES = 16

const VENDOR_ADDRESSES = [
  'JIKO_BASE_URL',
  'PLAID_BASE_URL',
  'PLAID_LINK_SCRIPT_URL',
  'CLERK_API_URL',
  'CLERK_FAPI_URL',
  'XATA_GATEWAY_URL'
] as const
const KEYS = ['ENCRYPTION_KEYS', 'AUDIT_KEYS']
const LISTS = [...KEYS, 'JIKO_WEBHOOK_SECRETS']

/** Rules for settings that have a value. In a list of values, each entry is checked. */
export const SETTING_RULES: readonly SettingRule[] = [
  {
    names: KEYS,
    problem: 'is not random: make a key with the command in .env.example',
    isBroken: (entry) => distinctBytes(decode(entry.split(':')[1])) < MIN_KEY_BYTES
  },
  {
    names: KEYS,
    problem: 'has the same key or key id twice',
    isBroken: (entry, all) => {
      const [id, key] = entry.split(':')
      const list = KEYS.map((name) => splitList(all[name] ?? '')).find((l) => l.includes(entry))
      const same = (list ?? []).filter((each) => {
        const [otherId, otherKey] = each.split(':')
        return otherId === id || otherKey === key
      })
      return same.length > 1
    }
  },
  {
    names: ['AUDIT_KEYS'],
    problem: 'has a key of ENCRYPTION_KEYS: make another one',
    isBroken: (entry, { ENCRYPTION_KEYS = '' }) =>
      splitList(ENCRYPTION_KEYS).some((each) => each.split(':')[1] === entry.split(':')[1])
  },
  {
    names: ['CRON_SECRET', 'METRICS_TOKEN', 'JIKO_WEBHOOK_SECRETS'],
    problem: `needs at least ${MIN_SECRET_LENGTH} random characters`,
    isBroken: (secret) =>
      secret.length < MIN_SECRET_LENGTH || new Set(secret).size < MIN_SECRET_CHARACTERS
  },
  {
    names: ['CLERK_WEBHOOK_SIGNING_SECRET'],
    problem: 'is not a signing secret: copy it from the endpoint in Clerk’s dashboard',
    isBroken: (secret) =>
      !/^whsec_[A-Za-z0-9+/_-]+=*$/.test(secret) ||
      decode(secret.slice('whsec_'.length)).length < MIN_SIGNING_BYTES
  },
  {
    // Without one of the two, node-postgres does not ask for TLS.
    names: ['DATABASE_URL', 'WORKER_DATABASE_URL', 'MIGRATE_DATABASE_URL'],
    problem: 'must ask for TLS: add sslmode=verify-full',
    isBroken: (address) => !/[?&](sslmode|ssl)=/i.test(address)
  },
  {
    names: ['MAIL_URL'],
    problem: 'must require TLS: use smtps://, or add ?requireTLS=true',
    isBroken: (address) => !/^smtps:/i.test(address) && !/[?&]requireTLS=true(&|$)/.test(address)
  },
  {
    names: ['APP_URL', 'PLAID_REDIRECT_URI', ...VENDOR_ADDRESSES],
    problem: 'must be an https:// address',
    isBroken: (address) => !URL.canParse(address) || new URL(address).protocol !== 'https:'
  },
  {
    names: VENDOR_ADDRESSES,
    problem: 'must not be an address of a private network',
    isBroken: (address) => URL.canParse(address) && isPrivateHost(new URL(address).hostname)
  },
  {
    names: ['DATABASE_URL', 'WORKER_DATABASE_URL', 'MIGRATE_DATABASE_URL'],
    problem: 'must not switch TLS off: use sslmode=verify-full',
    isBroken: (address) =>
      /[?&](sslmode=(disable|allow|prefer|no-verify)|ssl=(false|0))(&|$)/i.test(address)
  },
  {
    names: ['WORKER_DATABASE_URL'],
    problem: 'must be another login than DATABASE_URL',
    isBroken: (address, { DATABASE_URL = '' }) => loginOf(address) === loginOf(DATABASE_URL)
  },
  {
    names: ['CLERK_SECRET_KEY'],
    problem: 'and NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY must both be live or both be test keys',
    isBroken: (secret, { NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: publishable = '' }) =>
      secret.split('_')[1] !== publishable.split('_')[1]
  },
  {
    names: ['PLAID_REDIRECT_URI'],
    problem: 'must be at the host of APP_URL',
    isBroken: (address, { APP_URL = '' }) => hostOf(address) !== hostOf(APP_URL)
  }
]

/** Defaults that a deployment must choose itself. */
const NEEDED = {
  PLAID_ENV: 'must be set to sandbox or production',
  WORKER_DATABASE_URL: 'must be set: the login of jobs (docs/operations.md)'
}

/** @returns one sentence per broken setting; none if real users may be served with them. */
export function settingProblems(variables: Variables): string[] {
  const problems = SETTING_RULES.flatMap(({ names, problem, isBroken }) =>
    names
      .filter((name) =>
        valuesOf(name, variables[name]?.trim()).some((value) => isBroken(value, variables))
      )
      .map((name) => `${name} ${problem}.`)
  )
  const missing = Object.entries(NEEDED).filter(([name]) => !variables[name]?.trim())
  return [...problems, ...missing.map(([name, problem]) => `${name} ${problem}.`)]
}

/** Whether the app is reached from other machines and no vendor is emulated on this one. */
export const servesRealUsers = (variables: Variables): boolean =>
  !isLoopback(variables.APP_URL) &&
  !VENDOR_ADDRESSES.some((name) => variables[name] && isLoopback(variables[name]))

/** An address that only this machine reaches. A missing or unreadable one counts as such. */
export const isLoopback = (address: string | undefined): boolean =>
  !address ||
  !URL.canParse(address) ||
  /^(localhost|127\.0\.0\.1|\[::1\]|.*\.localhost)$/.test(new URL(address).hostname)

/** The entries of a comma-separated value. */
export const splitList = (value: string) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
const valuesOf = (name: string, value: string | undefined): string[] =>
  value ? (LISTS.includes(name) ? splitList(value) : [value]) : []
const decode = (base64 = '') => Buffer.from(base64, 'base64')
const distinctBytes = (bytes: Buffer) => new Set(bytes).size
const loginOf = (address: string) => (URL.canParse(address) ? new URL(address).username : null)
const hostOf = (address: string) => (URL.canParse(address) ? new URL(address).host : null)

const PRIVATE_ADDRESSES = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16]
] as const)
  PRIVATE_ADDRESSES.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10]
] as const)
  PRIVATE_ADDRESSES.addSubnet(network, prefix, 'ipv6')

/** Private, loopback and link-local addresses, and names that only a local network resolves. */
function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const version = isIP(host)
  if (version) return PRIVATE_ADDRESSES.check(host, version === 4 ? 'ipv4' : 'ipv6')
  return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(host)
}
