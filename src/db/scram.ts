import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'

const ITERATIONS = 4096

/**
 * The SCRAM-SHA-256 verifier PostgreSQL keeps instead of a password: sent in its place, so that the password itself never
 * stands in an SQL text, a log or pg_stat_activity.
 *
 * @param password  ASCII, so that it needs no SASLprep
 * @param salt      16 bytes
 * @see             RFC 5802 §3, RFC 7677; layout: PostgreSQL manual, pg_authid.rolpassword
 */
export function scramVerifier(password: string, salt: Buffer): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256')
  const hmac = (words: string) => createHmac('sha256', salted).update(words).digest()
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${storedKey}:${hmac('Server Key').toString('base64')}`
}
