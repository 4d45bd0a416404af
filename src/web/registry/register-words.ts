import type { Language } from '../text/language.ts'
import lv from '../text/lv.json' with { type: 'json' }

const known = { kindOf: lv.register.kindOf, typeOf: lv.register.typeOf, language: lv.register.language }

/** A code of the register in words; a code that has none stands as it came from the source. */
export function codeWord({ t }: Language, group: keyof typeof known, code: string): string {
  return code in known[group] ? t(`register.${group}.${code}` as 'register.kindOf.general') : code
}
