import type { Finding } from '#modules/checks/model.ts'
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
] as const

const positions = ['head', 'teacher'] as const

function isKnown(code: string): code is (typeof positions)[number] {
  return positions.some((each) => each === code)
}

/** Years and codes are written as they are: a year takes no thousands separator. */
const plain: ReadonlySet<string> = new Set(['birthYear', 'grade', 'before', 'ofTest', 'need'])

/** `klase: 3 · pirms gada: 5` */
export function detailInWords({ t, number, day }: Language, detail: Finding['detail']): string {
  return labelled
    .flatMap((key) => {
      const value = detail[key]
      if (value === null || value === undefined) return []
      const said =
        typeof value === 'number'
          ? plain.has(key)
            ? String(value)
            : number(value, Number.isInteger(value) ? 0 : 2)
          : key === 'position' && isKnown(value)
            ? t(`findings.positions.${value}`)
            : /^\d{4}-\d\d-\d\d$/.test(value)
              ? day(value)
              : value
      return [`${t(`findings.detail.${key}`)}: ${said}`]
    })
    .join(' · ')
}
