/**
 * Supervised child processes: a crashed child restarts after increasing pauses; one that crashes
 * faster than its crashes are forgiven stops everything.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, createWriteStream, existsSync, mkdirSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '@/scripts/stack/env-files'
import { UserError } from '@/scripts/stack/steps'

export type ChildOptions = {
  name: string
  /** Arguments for node. */
  args: string[]
  cwd: string
  env: Environment
  /** Output goes to `<logDir>/<name>.log`. */
  logDir: string
  /** Also print the output. */
  verbose?: boolean
  /** A URL that responds below 500 once the child is ready. */
  healthUrl?: string
  /** The readiness check of a child that does not speak HTTP. */
  healthy?: () => Promise<boolean>
  /**
   * Milliseconds before each restart; one crash more than pauses ends it. None leaves restarts to
   * the process manager of a deployment.
   */
  restartPausesMs?: number[]
  /** Running this long forgives one crash. */
  forgiveAfterMs?: number
  /** When a child that was asked to stop is killed. */
  stopWithinMs?: number
}

export type Child = { name: string; pid(): number | undefined; stop(): Promise<void> }

/** Children exit when this process is gone, even after kill -9. */
const WITH_PARENT = new URL(`../with-parent.mjs?parent=${process.pid}`, import.meta.url).href
const READY_WITHIN_MS = 60_000
const POLL_MS = 25
const STOP_WITHIN_MS = 4_000
const RESTART_PAUSES_MS = [0, 1_000, 2_000, 4_000, 8_000]
const FORGIVE_AFTER_MS = 10_000
const TAIL_LINES = 15

/**
 * Starts a child and waits until it is healthy.
 * @param onCrash called with a sentence if it keeps crashing.
 * @param print prints one line for the user.
 */
export async function startChild(
  options: ChildOptions,
  onCrash: (why: string) => void,
  print: (line: string) => void = console.log
): Promise<Child> {
  const { restartPausesMs: pauses = RESTART_PAUSES_MS, forgiveAfterMs = FORGIVE_AFTER_MS } = options
  let stopping = false
  let crashes = 0
  let current = launch(options)
  let timer: NodeJS.Timeout | undefined
  const restart = () => {
    current = launch(options)
    watch(current)
  }
  const watch = (run: Run) => {
    const began = Date.now()
    void run.ended.then((how) => {
      if (stopping) return
      const forgiven = Math.floor((Date.now() - began) / forgiveAfterMs)
      crashes = Math.max(0, crashes - forgiven)
      const pause = pauses[crashes++]
      if (pause === undefined)
        return onCrash(
          `${options.name} stopped${crashes > 1 ? ` ${crashes} times` : ''} (${how}). Its last lines:\n${run.tail()}`
        )
      print(
        `! ${options.name} stopped (${how}); starting it again${pause ? ` in ${pause / 1000} s` : ''}`
      )
      timer = setTimeout(restart, pause)
    })
  }
  try {
    await waitUntilHealthy(options, current)
  } catch (error) {
    stopping = true
    await stopProcess(current, options)
    throw error
  }
  watch(current)
  return {
    name: options.name,
    pid: () => current.process.pid,
    stop: () => {
      stopping = true
      clearTimeout(timer)
      return stopProcess(current, options)
    }
  }
}

type Run = { process: ChildProcess; ended: Promise<string>; hasEnded(): boolean; tail(): string }

function launch({ name, args, cwd, env, logDir, verbose }: ChildOptions): Run {
  const log = openLog(logDir, name)
  // Its own process group: Ctrl-C reaches only the starter, which stops its children in order.
  const child = spawn(process.execPath, ['--import', WITH_PARENT, ...args], {
    cwd,
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true
  })
  let lines: string[] = []
  let over = false
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      log.write(chunk)
      if (verbose) process.stdout.write(chunk)
      lines = [...lines, ...linesOf(chunk)].slice(-TAIL_LINES)
    })
  }
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  void ended.then(() => {
    over = true
    log.end()
  })
  return { process: child, ended, hasEnded: () => over, tail: () => lines.join('\n') }
}

/** Readable by its owner only, also if an earlier version wrote it: logs name users. */
function openLog(logDir: string, name: string): WriteStream {
  mkdirSync(logDir, { recursive: true, mode: 0o700 })
  const file = join(logDir, `${name}.log`)
  if (existsSync(file)) chmodSync(file, 0o600)
  return createWriteStream(file, { flags: 'a', mode: 0o600 })
}

const linesOf = (chunk: Buffer) => chunk.toString().split('\n').filter(Boolean)

async function waitUntilHealthy(
  { name, healthUrl, healthy }: ChildOptions,
  run: Run
): Promise<void> {
  const check = healthy ?? (() => isAnswering(healthUrl, run.process.pid))
  for (const deadline = Date.now() + READY_WITHIN_MS; Date.now() < deadline; ) {
    if (run.hasEnded())
      throw new UserError(`${name} did not start (${await run.ended}):\n${run.tail()}`)
    if (await check()) return
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
  throw new UserError(
    `${name} did not become ready within ${READY_WITHIN_MS / 1000} s:\n${run.tail()}`
  )
}

/** An emulator names its process: of two that start at once, one finds its port taken. */
async function isAnswering(url: string | undefined, pid: number | undefined): Promise<boolean> {
  if (!url) return true
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'manual' })
    const [, answering] = /"pid":(\d+)/.exec(await response.text()) ?? []
    return response.status < 500 && (!answering || Number(answering) === pid)
  } catch {
    return false
  }
}

async function stopProcess(
  run: Run,
  { stopWithinMs = STOP_WITHIN_MS }: ChildOptions
): Promise<void> {
  if (run.hasEnded()) return
  run.process.kill('SIGTERM')
  const timer = setTimeout(() => run.process.kill('SIGKILL'), stopWithinMs)
  await run.ended
  clearTimeout(timer)
}

/** Runs a child to its end. @throws with its last lines if it fails. */
export async function runChild(options: ChildOptions): Promise<void> {
  const run = launch(options)
  const how = await run.ended
  if (how !== 'exit code 0') throw new UserError(`${options.name} failed (${how}):\n${run.tail()}`)
}
