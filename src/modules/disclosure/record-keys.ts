import { createHmac, createSecretKey } from 'node:crypto'
import { deriveKey, type Keys } from '#db/keys.ts'
import { recordKey } from '#stats/disclosure/index.ts'

/** From which master key the record keys of a population come: written down with it, for life. */
export interface KeyOrigin {
  keyId: string
  /** tells another key of the same id, and nothing of the key */
  mark: string
}

/** The key file lacks the key that the record keys of a population were made with. */
export class OtherRecordKeys extends Error {}

/**
 * Record keys of a population: a number for each person, the same for life, known to nobody without the key file.
 *
 * @param origin  of the keys made so far; null before the first
 * @returns       of a person key its record key, whole, in units of 2⁻³²
 * @throws        OtherRecordKeys if the key file holds another key than the one used so far: the same people would
 *                have a second noise, and the two would narrow each other
 */
export function recordKeys(
  keys: Keys,
  population: string,
  origin: KeyOrigin | null,
): { keyOf: (person: string) => number; origin: KeyOrigin } {
  const keyId = origin?.keyId ?? keys.current
  if (!(keyId in keys.keys)) throw new OtherRecordKeys(`${lost(population)} the key file has no key ${keyId}`)
  const key = createSecretKey(deriveKey(keys, 'record-key', keyId))
  const hash = (text: string) => createHmac('sha256', key).update(`${population}\n${text}`).digest()
  const mark = hash('mark').toString('hex').slice(0, 16)
  if (origin && origin.mark !== mark) {
    throw new OtherRecordKeys(`${lost(population)} key ${keyId} of the key file is another one`)
  }
  return { keyOf: (person) => recordKey(hash(`person ${person}`)) * 2 ** 32, origin: { keyId, mark } }
}

const lost = (population: string) => `The record keys of ${population} cannot be made again:`
