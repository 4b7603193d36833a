/** Databases of single tests, on the server of the delivery suite. */
import pg from 'pg'

const serverUrl = process.env.TEST_DATABASE_URL ?? ''

async function run(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

/** Empty. Deleted with the server, or the name says where it is from. */
export async function createDatabase(purpose: string): Promise<string> {
  const name = `pangea_${purpose}_${process.pid}_${Date.now()}`
  await run(`create database ${name}`)
  return Object.assign(new URL(serverUrl), { pathname: `/${name}` }).toString()
}

/** Ends the connections to it. */
export const dropDatabase = (url: string): Promise<void> =>
  run(`drop database ${new URL(url).pathname.slice(1)} with (force)`)
