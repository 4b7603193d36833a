/**
 * The demo of `npm start`: an address that signs a browser in as a demo user. The users are made on
 * the first visit and kept in the data folder.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { brand } from '@/pangea.config'
import type { DemoUsers } from '@/scripts/demo/seed'

type Demo = { appUrl: string; dataDir: string }

/** Listens on this machine only, because opening the address signs the browser in. */
export async function serveDemo(port: number, demo: Demo): Promise<Server> {
  const visits = new Visits(demo)
  const server = createServer((request, response) => {
    const user = request.url === '/half-way' ? 'halfWay' : 'main'
    void visits.answer(user, response)
  })
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve))
  return server
}

class Visits {
  private preparing: Promise<void> | null = null
  private users: DemoUsers | null = null
  private failure: string | null = null
  private readonly demo: Demo

  constructor(demo: Demo) {
    this.demo = demo
  }

  async answer(user: keyof DemoUsers, response: ServerResponse): Promise<void> {
    this.preparing ??= this.prepare()
    if (this.failure) {
      const why = this.failure
      this.preparing = null
      this.failure = null
      return page(response, 500, `The demo could not be prepared: ${why} Reload to try again.`)
    }
    if (!this.users) {
      response.setHeader('refresh', '1')
      return page(response, 200, 'The demo is being prepared. This takes a few seconds.')
    }
    const { signInUrl } = await import('@/scripts/example/users')
    response.writeHead(302, { location: await signInUrl(this.users[user]) }).end()
  }

  private async prepare(): Promise<void> {
    try {
      this.users = await prepareDemo(this.demo)
    } catch (thrown) {
      this.failure = thrown instanceof Error ? thrown.message : String(thrown)
    }
  }
}

/** @returns the users of an earlier start, or new ones. */
export async function prepareDemo({ appUrl, dataDir }: Demo): Promise<DemoUsers> {
  const [{ exists }, { seedDemo }] = await Promise.all([
    import('@/scripts/example/users'),
    import('@/scripts/demo/seed')
  ])
  const file = join(dataDir, 'demo.json')
  if (existsSync(file)) {
    const known = JSON.parse(readFileSync(file, 'utf8')) as DemoUsers
    if ((await exists(known.main)) && (await exists(known.halfWay))) return known
  }
  const users = await seedDemo(appUrl)
  writeFileSync(file, JSON.stringify(users))
  return users
}

function page(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
  const escaped = text.replace(/[&<]/g, (sign) => (sign === '&' ? '&amp;' : '&lt;'))
  const style = 'font: 16px/1.5 system-ui; max-width: 40rem; margin: 20vh auto; padding: 0 1rem'
  response.end(
    `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>${brand.name}: demo</title><body style="${style}"><p>${escaped}</p></body></html>`
  )
}
