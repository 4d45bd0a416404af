import type { RouterContextProvider } from 'react-router'
import { z } from 'zod'
import { Classifier } from '#modules/registry/model.ts'
import type { Words } from '#terms/locale.ts'
import { portalContext } from '../context.ts'
import { read } from '../read.ts'
import type { Language } from '../text/language.ts'

/** What codes mean, by classifier and code. */
export type ClassifierWords = Readonly<Record<string, Readonly<Record<string, Words>>>>

const Classifiers = z.object({ items: z.array(Classifier) })

/** The lists of the newest data version this process has met: they change when a register does, and every page wants them. */
let kept: { version: string; words: ClassifierWords } | null = null

/**
 * What the codes of some classifiers mean, for a page to carry. A list the bank lacks is left out: its codes stand as they are.
 *
 * @param names  'subject', 'leave_reason', …
 */
export async function classifierWords<Name extends string>(
  context: Readonly<RouterContextProvider>,
  names: readonly Name[],
): Promise<ClassifierWords> {
  const version = context.get(portalContext).config.dataVersion.id
  if (kept?.version !== version) {
    const { items } = await read(context, '/classifiers', Classifiers)
    kept = { version, words: Object.fromEntries(items.map((each) => [each.name, wordsOf(each)])) }
  }
  const { words } = kept
  return Object.fromEntries(names.flatMap((name) => (words[name] ? [[name, words[name]]] : [])))
}

function wordsOf({ entries }: Classifier): Record<string, Words> {
  return Object.fromEntries(entries.map(({ code, label }) => [code, label]))
}

/** A code in words; one that has none stands as it came from the source. */
export function codeWord(
  { name }: Pick<Language, 'name'>,
  words: ClassifierWords,
  classifier: string,
  code: string,
): string {
  const label = words[classifier]?.[code]
  return label ? name(label) : code
}

/** Classifiers of the register of institutions. */
export const registerClassifiers = [
  'institution_kind',
  'institution_type',
  'founder_type',
  'programme',
  'programme_type',
  'language',
  'form',
  'special_programme_type',
] as const

/**
 * What a programme is, by its whole code or by its type; null where neither is known.
 *
 * @param isSpecial  the type of a special programme is told beside it: then only the stage is said
 */
export function programmeWord(
  language: Pick<Language, 'name'>,
  words: ClassifierWords,
  code: string,
  isSpecial: boolean,
): string | null {
  const type = /^\d\d[A-Z]?/.exec(code)?.[0] ?? ''
  const label = (isSpecial ? undefined : words.programme?.[code]) ?? words.programme_type?.[type]
  return label ? language.name(label) : null
}
