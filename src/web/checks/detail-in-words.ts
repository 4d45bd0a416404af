import type { Finding } from '#modules/checks/model.ts'
import { type ClassifierWords, codeWord } from '../registry/classifier-words.ts'
import type { Language } from '../text/language.ts'

/** Details that are told, each with its label; what has none (the code of a class or site, whose name stands beside it) is left out. */
const labelled = [
  'grade',
  'before',
  'birthYear',
  'programme',
  'ofClass',
  'need',
  'language',
  'lat',
  'lon',
  'places',
  'learners',
  'until',
  'closedOn',
  'licensed',
  'began',
  'left',
  'days',
  'minutes',
  'position',
  'subject',
  'rates',
  'schools',
  'rate',
  'lessons',
  'test',
  'ofTest',
  'heldOn',
  'code',
  'day',
  'ofMarks',
  'mark',
  'month',
  'missed',
  'held',
  'planned',
  'delivered',
  'points',
  'ofParts',
  'level',
  'year',
  'euros',
  'area',
] as const

/** Details that are codes, with the classifier that says what they mean. */
const classifierOf: Readonly<Record<string, string>> = {
  position: 'position',
  subject: 'subject',
  language: 'language',
  need: 'special_programme_type',
  programme: 'programme',
  ofClass: 'programme',
}

export const codedDetails = [...new Set(Object.values(classifierOf))]

/** Years and codes are written as they are: a year takes no thousands separator. */
const plain: ReadonlySet<string> = new Set(['birthYear', 'grade', 'before', 'ofTest', 'ofMarks', 'year'])

/** `klase: 3 · pirms gada: 5` */
export function detailInWords(language: Language, words: ClassifierWords, detail: Finding['detail']): string {
  return labelled
    .flatMap((key) => {
      const value = detail[key]
      if (value === null || value === undefined) return []
      return [`${language.t(`findings.detail.${key}`)}: ${said(language, words, key, value)}`]
    })
    .join(' · ')
}

function said(language: Language, words: ClassifierWords, key: string, value: string | number): string {
  const classifier = classifierOf[key]
  if (classifier) {
    const word = codeWord(language, words, classifier, String(value))
    // People know programmes by their code.
    return key === 'programme' || key === 'ofClass'
      ? [value, word].filter((x, at) => at === 0 || x !== value).join(' ')
      : word
  }
  if (typeof value === 'number') {
    return plain.has(key) ? String(value) : language.number(value, Number.isInteger(value) ? 0 : 2)
  }
  return /^\d{4}-\d\d-\d\d$/.test(value) ? language.day(value) : value
}
