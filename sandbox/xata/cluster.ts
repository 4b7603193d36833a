/** A new Postgres cluster without initdb: created once per PGlite version, cached, then copied. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'

const CACHES = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))

/** Those that migrations create where a server has them. */
export const EXTENSIONS = { btree_gin, pg_trgm }

/** Opens the database in `dir`, or a new one in memory for null. */
export async function openCluster(dir: string | null): Promise<PGlite> {
  if (!dir)
    return PGlite.create('memory://', {
      loadDataDir: await templateCluster(),
      extensions: EXTENSIONS
    })
  if (!existsSync(dir)) await createFromTemplate(dir)
  return PGlite.create(dir, { extensions: EXTENSIONS })
}

/** Moved into place when complete, so that a killed start leaves no incomplete cluster. */
async function createFromTemplate(dir: string): Promise<void> {
  const temporary = `${dir}.new`
  rmSync(temporary, { recursive: true, force: true })
  const db = await PGlite.create(temporary, { loadDataDir: await templateCluster() })
  await db.close()
  renameSync(temporary, dir)
}

async function templateCluster(): Promise<Blob> {
  const file = join(CACHES, `pglite-${version()}.tar`)
  if (existsSync(file)) return new Blob([readFileSync(file)])
  const db = await PGlite.create('memory://')
  const blob = await db.dumpDataDir('none')
  await db.close()
  mkdirSync(CACHES, { recursive: true })
  const temporary = `${file}.${process.pid}`
  writeFileSync(temporary, Buffer.from(await blob.arrayBuffer()))
  renameSync(temporary, file)
  return blob
}

/** A cluster of one version does not open in the next. */
function version(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const { version } = JSON.parse(
    readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8')
  ) as { version: string }
  return version
}
