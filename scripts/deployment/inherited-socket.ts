/**
 * A listening socket that the process manager keeps open while processes come and go
 * (https://www.freedesktop.org/software/systemd/man/latest/sd_listen_fds.html). Connections wait in
 * it during a restart, and none is reset, as happens when a process closes a socket of its own.
 */
import { Server } from 'node:net'

const FIRST_DESCRIPTOR = 3

/** @returns the descriptor of the socket that was passed to this process, or null. */
export const inheritedSocket = (
  { LISTEN_PID, LISTEN_FDS }: NodeJS.Dict<string>,
  pid = process.pid
): number | null =>
  LISTEN_PID === String(pid) && Number(LISTEN_FDS) === 1 ? FIRST_DESCRIPTOR : null

/** The next server that listens does so on this socket. Next offers no setting for it. */
export function listenOnInherited(descriptor: number): void {
  const { listen } = Server.prototype
  Server.prototype.listen = function listenOnce(this: Server) {
    Server.prototype.listen = listen
    return this.listen({ fd: descriptor })
  } as typeof listen
}
