import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomFillSync,
} from 'node:crypto'
import { firstKeyId } from '#db/key-ring.ts'
import { deriveKey, type Keys } from '#db/keys.ts'

/** What is sealed; a sealed name cannot be put in the place of a code. */
export type Secret = 'code' | 'name'

/** Hides who a learner is, and tells it again to those who hold the keys. */
export type Sealer = {
  /** The same code has the same hash, so that learners are found without opening anything. 32 bytes. */
  hashCode(code: string): Buffer
  /** Changes when the name of this learner changes. Equal names of different learners differ. 32 bytes. */
  hashName(code: string, name: string): Buffer
  /** Different every time, so that nobody can tell equal values. */
  seal(secret: Secret, text: string): Buffer
  /** @throws when the key is missing, the value is not one of these, or a single bit of it was changed */
  open(secret: Secret, sealed: Uint8Array): string
}

const NONCE = 12
const TAG = 16

/**
 * Sealing by AES-256-GCM under the current key, hashing by HMAC-SHA256. A sealed value is: length of the key id (one byte),
 * key id, nonce, cipher text, tag. Nonces are random: one key may seal 2^32 values (NIST SP 800-38D, 8.3), the country
 * needs some 2^20.
 */
export function sealer(keys: Keys): Sealer {
  // Key objects: handed a buffer, every call would make one anew, four times as slow.
  // Of the first key, whichever seals now: unlike a sealed value, a hash cannot say by which key it was made.
  const lookup = createSecretKey(deriveKey(keys, 'identity-lookup', firstKeyId(keys)))
  const known = new Map<string, { key: KeyObject; head: Buffer }>()
  const under = (id: string) => {
    const met = known.get(id)
    if (met) return met
    const bytes = Buffer.from(id, 'utf8')
    if (bytes.length > 255) throw new RangeError('A key id has at most 255 bytes')
    const made = {
      key: createSecretKey(deriveKey(keys, 'identity-seal', id)),
      head: Buffer.concat([Buffer.of(bytes.length), bytes]),
    }
    known.set(id, made)
    return made
  }
  const nonces = randomNonces()
  return {
    hashCode: (code) => createHmac('sha256', lookup).update('code\0').update(sameCode(code)).digest(),
    hashName: (code, name) =>
      createHmac('sha256', lookup).update('name\0').update(sameCode(code)).update('\0').update(name).digest(),
    seal(secret, text) {
      const nonce = nonces()
      const { key, head } = under(keys.current) // asked each time: a key added meanwhile seals from then on
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(kinds[secret])
      return Buffer.concat([head, nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    open(secret, sealed) {
      const bytes = Buffer.from(sealed)
      const from = 1 + (bytes[0] ?? 0)
      if (bytes.length < from + NONCE + TAG) throw new RangeError('A sealed value is cut short')
      const { key } = under(sealedBy(bytes))
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(from, from + NONCE))
        .setAAD(kinds[secret])
        .setAuthTag(bytes.subarray(bytes.length - TAG))
      return (
        decipher.update(bytes.subarray(from + NONCE, bytes.length - TAG), undefined, 'utf8') +
        decipher.final('utf8')
      )
    },
  }
}

/** Id of the key that sealed a value. */
export function sealedBy(sealed: Uint8Array): string {
  const from = 1 + (sealed[0] ?? 0)
  return Buffer.from(sealed.subarray(1, from)).toString('utf8')
}

const kinds = { code: Buffer.from('code'), name: Buffer.from('name') }

/** Random nonces, drawn a thousand at a time. */
function randomNonces(): () => Buffer {
  let drawn = Buffer.alloc(0)
  return () => {
    if (drawn.length === 0) drawn = randomFillSync(Buffer.alloc(1024 * NONCE))
    const nonce = drawn.subarray(0, NONCE)
    drawn = drawn.subarray(NONCE)
    return nonce
  }
}

/** A Latvian personal code is the same with and without its dash; other codes stay as they are. */
function sameCode(code: string): string {
  return /^\d{6}-\d{5}$/.test(code) ? code.replace('-', '') : code
}
