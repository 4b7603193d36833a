/**
 * Preload (`--import`) for server processes in tests: connections beyond this machine fail and are
 * reported on stderr. The runner looks for that line, so that calls without an awaited result are
 * detected too.
 */
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

const LOCAL =
  /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|::1|\[::1\]|::ffff:127(\.\d{1,3}){3}|0\.0\.0\.0|::|)$/i

/** @param {unknown} host */
const refusal = (host) => {
  console.error(`[loopback-only] refused ${host}`)
  return Object.assign(new Error(`A test reached for ${host}; only this machine is allowed.`), {
    code: 'ENOTLOOPBACK'
  })
}

const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...args) {
  // Node passes its normalised arguments as one array.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  const options =
    typeof first === 'object' && first !== null
      ? first
      : { port: first, host: typeof second === 'string' ? second : '' }
  const isPipe = options.path || (typeof first === 'string' && Number.isNaN(Number(first)))
  if (isPipe || LOCAL.test(options.host ?? '')) return connect.apply(this, args)
  const error = refusal(options.host)
  process.nextTick(() => this.destroy(error))
  return this
}

const lookup = dns.lookup
dns.lookup = (name, ...rest) =>
  LOCAL.test(name ?? '') ? lookup(name, ...rest) : process.nextTick(rest.at(-1), refusal(name))
const lookupPromise = dns.promises.lookup
dns.promises.lookup = (name, ...rest) =>
  LOCAL.test(name ?? '') ? lookupPromise(name, ...rest) : Promise.reject(refusal(name))
for (const method of Object.keys(dns).filter((key) => /^(resolve|reverse)/.test(key)))
  dns[method] = (name, ...rest) => process.nextTick(rest.at(-1), refusal(name))
for (const method of Object.keys(dns.promises).filter((key) => /^(resolve|reverse)/.test(key)))
  dns.promises[method] = (name) => Promise.reject(refusal(name))
syncBuiltinESMExports()
