import { hkdfSync } from 'node:crypto'
import { openKeyFile } from './key-file.ts'
import { type KeyRing, keysFromCommand } from './key-ring.ts'

/** Master keys by id, and the one that seals what is written now. Older ones only open. */
export type Keys = KeyRing

/** How to look once more where keys came from, for those that were loaded. */
const lookAgain = new WeakMap<Keys, () => void>()

const LOOK = 1_000 // ms after which a change of the key file is noticed at the latest
const ASK = 10_000 // ms between two runs of the command, when values under an unknown key are met

/**
 * The keys of a key file, made on first use, or of a command that prints one. What is loaded follows its source: a key
 * added to the file seals within a second, and one that is met before is looked for at once; a command is asked again
 * only when a value under an unknown key is met.
 *
 * @param source  path of a file of mode 0600 (JSON `{ current, keys: { id: base64 of 32 bytes } }`), or `!command`
 * @throws        KeysRefused when others than its owner may read the file, or when it is not such a file
 */
export function loadKeys(source: string): Keys {
  const command = commandOf(source)
  const opened = command === null ? openKeyFile(source) : null
  let held = opened?.ring ?? keysFromCommand(command!)
  let looked = Date.now()
  const look = () => {
    if (command !== null && Date.now() - looked < ASK) return
    looked = Date.now()
    try {
      held = opened ? opened.newer() : keysFromCommand(command!)
    } catch {
      // What was read stays: a source that is away must not stop what runs. Whoever starts is told.
    }
  }
  const now = () => {
    if (opened && Math.abs(Date.now() - looked) >= LOOK) look()
    return held
  }
  const keys: Keys = {
    get current() {
      return now().current
    },
    get keys() {
      return now().keys
    },
  }
  lookAgain.set(keys, look)
  return keys
}

/** The command that prints the keys; null where the source is a file. */
export function commandOf(source: string): string | null {
  return source.startsWith('!') ? source.slice(1).trim() : null
}

/**
 * A key of 32 bytes for one purpose, by HKDF-SHA256 (RFC 5869), so that no two uses share a key.
 *
 * @param purpose  e.g. `database/ikms_app`, `identity/name`
 * @param id       which master key; the current one when left out
 * @throws         RangeError for a key id that is not in the file
 */
export function deriveKey(keys: Keys, purpose: string, id = keys.current): Buffer {
  if (!Object.hasOwn(keys.keys, id)) lookAgain.get(keys)?.()
  const master = Object.hasOwn(keys.keys, id) && keys.keys[id]
  if (!master) throw new RangeError(`The key file has no key ${id}: values sealed with it cannot be opened`)
  return Buffer.from(hkdfSync('sha256', master, '', `ikms/${purpose}`, 32))
}
