import pino from 'pino'

/**
 * The log of a process: one JSON line an event, on standard error. No personal data: addresses carry none, and neither
 * bodies nor query texts are written.
 */
export function newLog(level = process.env.IKMS_LOG ?? 'info') {
  return pino({ level, base: { pid: process.pid } }, pino.destination(2))
}
export type Log = ReturnType<typeof newLog>
