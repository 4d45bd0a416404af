import { createSign, generateKeyPairSync } from 'node:crypto'
import { newSource } from '../feeds/source.ts'

/** Another system that launches panels: it publishes its key, and signs what a test wants it to say. */
export async function newPlatform(hosts: readonly string[]) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const server = await newSource((url) =>
    url.pathname === '/keys'
      ? { json: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] } }
      : { status: 404 },
  )
  const sign = (claims: object, { key = privateKey, alg = 'RS256' } = {}) => {
    const part = (what: object) => Buffer.from(JSON.stringify(what)).toString('base64url')
    const text = `${part({ alg, kid: 'one', typ: 'JWT' })}.${part(claims)}`
    return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`
  }
  return {
    settings: {
      name: 'viis',
      issuer: server.url,
      clientId: 'ikms',
      authorization: `${server.url}/authorize`,
      keys: `${server.url}/keys`,
      hosts: [...hosts],
      claim: 'personal_code',
    },
    sign,
    /** a key that it does not publish */
    stranger,
  }
}
