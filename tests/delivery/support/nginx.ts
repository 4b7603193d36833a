/** A real nginx with the site of deploy/nginx, a self-signed certificate and free ports. */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { freePort } from '@/scripts/stack/ports'
import { acceptsConnections } from '@/scripts/stack/stack-options'

const NAME = 'localhost'
const READY_WITHIN_MS = 20_000
const POLL_MS = 50

export type Nginx = {
  httpPort: number
  httpsPort: number
  /** The certificate, in PEM. */
  certificate: string
  stop(): Promise<void>
}

/** @returns the path of an installed nginx, or null. */
export const findNginx = (): string | null =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
    .map((folder) => join(folder, 'nginx'))
    .find(existsSync) ?? null

/** @param upstreams ports of the processes behind it. */
export async function startNginx(binary: string, upstreams: number[]): Promise<Nginx> {
  const dir = mkdtempSync(join(tmpdir(), 'pangea-nginx-'))
  const [key, certificate] = [join(dir, 'key.pem'), join(dir, 'certificate.pem')]
  createCertificate(key, certificate)
  const httpPort = await freePort(28_080)
  const httpsPort = await freePort(httpPort + 1)
  const site = siteOf({ httpPort, httpsPort, upstreams, key, certificate })
  const main = join(dir, 'nginx.conf')
  writeFileSync(main, mainOf(dir, site))
  execFileSync(binary, ['-t', '-q', '-p', dir, '-c', main, '-e', join(dir, 'error.log')])
  const child = spawn(binary, ['-p', dir, '-c', main, '-e', join(dir, 'error.log')], {
    stdio: 'ignore'
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  for (const deadline = Date.now() + READY_WITHIN_MS; Date.now() < deadline; ) {
    if (await acceptsConnections(httpsPort).catch(() => false)) break
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
  return {
    httpPort,
    httpsPort,
    certificate: readFileSync(certificate, 'utf8'),
    stop: async () => {
      child.kill('SIGQUIT')
      await ended
      rmSync(dir, { recursive: true, force: true })
    }
  }
}

function createCertificate(key: string, certificate: string): void {
  const subject = ['-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`]
  const out = ['-keyout', key, '-out', certificate]
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...out, ...subject],
    { stdio: 'ignore' }
  )
}

type Site = {
  httpPort: number
  httpsPort: number
  upstreams: number[]
  key: string
  certificate: string
}

/** The template, changed only where it says so: name, certificate, addresses. */
function siteOf({ httpPort, httpsPort, upstreams, key, certificate }: Site): string {
  return readFileSync('deploy/nginx/pangea.conf', 'utf8')
    .replaceAll('pangea.example;', `${NAME};`)
    .replaceAll(/^ +listen \[::\].*\n/gm, '')
    .replace('listen 80;', `listen 127.0.0.1:${httpPort};`)
    .replace('listen 443 ', `listen 127.0.0.1:${httpsPort} `)
    .replace(/ssl_certificate .*;/, `ssl_certificate ${certificate};`)
    .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${key};`)
    .replace(
      'server 127.0.0.1:3000 max_fails=0;',
      upstreams.map((port) => `server 127.0.0.1:${port} max_fails=0;`).join('\n    ')
    )
}

function mainOf(dir: string, site: string): string {
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${dir}/${name};`)
    .join('\n')
  // As root, workers would become a user who cannot write to this folder.
  return `${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off;
pid ${dir}/nginx.pid;
worker_processes 1;
events {}
http {
access_log off;
${folders}
${site}
}
`
}
