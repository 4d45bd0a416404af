import { createHmac } from 'node:crypto'
import { firstKeyId } from '#db/key-ring.ts'
import { deriveKey, type Keys } from '#db/keys.ts'

/** Letters and digits of which no two look alike in print or by hand: no B and 8, I, L and 1, O, Q and 0, S and 5, U and V, Z and 2. */
const letters = 'ACDEFGHJKMNPRTVWXY2345678'
const LENGTH = 8

/** Makes the codes that are printed, and what is stored instead of them. */
export interface Codes {
  /** The same participant always has the same code, so that it can be printed again and is stored nowhere. Eight characters. */
  codeOf(participant: string): string
  /** What a code is looked up by: 32 bytes; null for what cannot be a code. Spaces, dashes and small letters do not matter. */
  entryKey(typed: string): Buffer | null
  /** Token of a sitting that one device asks for, once or again: 32 bytes. Who knows the code and the attempt cannot make it. */
  tokenOf(entry: Buffer, attempt: string): Buffer
}

/** Under the first key, whichever seals now: a code on paper cannot say by which key it was made. */
export function codes(keys: Keys): Codes {
  const derived = (purpose: string) => {
    let key: Buffer | undefined // when first used: the document of the API is made without keys
    return () => {
      key ??= deriveKey(keys, `assessments/${purpose}`, firstKeyId(keys))
      return key
    }
  }
  const forCodes = derived('code')
  const forEntry = derived('entry')
  const forTokens = derived('token')
  return {
    codeOf(participant) {
      // 64 bits on 25^8 codes: that one is no multiple of the other shifts no chance by more than a hundred-millionth of it.
      let rest = createHmac('sha256', forCodes()).update(participant).digest().readBigUInt64BE()
      let code = ''
      for (let at = 0; at < LENGTH; at++) {
        code += letters[Number(rest % BigInt(letters.length))]
        rest /= BigInt(letters.length)
      }
      return code
    },
    entryKey(typed) {
      const code = typed.replace(/[\s–-]/g, '').toUpperCase()
      if (code.length !== LENGTH || [...code].some((letter) => !letters.includes(letter))) return null
      return createHmac('sha256', forEntry()).update(code).digest()
    },
    tokenOf(entry, attempt) {
      return createHmac('sha256', forTokens()).update(entry).update(attempt).digest()
    },
  }
}

/** As it is printed: in two groups of four. */
export const inPrint = (code: string) => `${code.slice(0, 4)}-${code.slice(4)}`
