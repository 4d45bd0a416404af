import type { ResultSheet } from '#modules/assessments/model.ts'
import type { Language } from '../../text/language.ts'

const CLEAR = 1.96 // standard errors: the 95 % interval of the difference leaves out zero

/** „Rēķinpratība: atbilst gaidītajam”; with points where no level is known. */
export function sheetTitle({ t, name, number }: Language, sheet: ResultSheet): string {
  const domain = name(sheet.domainName)
  if (!sheet.levelName) return t('results.sheetTitleNoLevel', { domain, score: number(sheet.score, 0) })
  const level = name(sheet.levelName)
  return t('results.sheetTitle', { domain, level: level.charAt(0).toLowerCase() + level.slice(1) })
}

/** Where the true result lies, or that it is not known. */
export function bandSentence({ t, number }: Language, { score, low, high }: ResultSheet): string {
  return low === null || high === null
    ? t('results.noBand', { score: number(score, 0) })
    : t('results.band', { score: number(score, 0), low: number(low, 0), high: number(high, 0) })
}

/** How far the child came, and what can be said about it. */
export function growthSentence(language: Language, { growth, before, levels }: ResultSheet): string {
  const { t, number, name, year } = language
  if (growth) {
    const said = t('results.growthSaid', {
      grade: growth.fromGrade,
      count: growth.percentile,
      n: growth.percentile,
    })
    return `${said} ${t(`results.${clearness(growth)}`)}`
  }
  if (!before) return t('results.growthFirst')
  const known = { grade: before.grade, year: year(before.schoolYear), score: number(before.score, 0) }
  return before.level === null
    ? t('results.growthBefore', known)
    : t('results.growthBeforeLevel', { ...known, level: name(levels[before.level - 1]!) })
}

function clearness({ residual, error }: NonNullable<ResultSheet['growth']>) {
  if (error === null) return 'growthUnsure'
  if (Math.abs(residual) <= CLEAR * error) return 'growthAs'
  return residual > 0 ? 'growthMore' : 'growthLess'
}

/** That the result changed since it could first be read, why, and what it was; „” where it is what it was. */
export function changeSentence(language: Language, { changed, score, level }: ResultSheet): string {
  if (!changed) return ''
  const { t, number, dayOfInstant } = language
  const why = t(`results.retold.${changed.why}`, { day: dayOfInstant(changed.at) })
  const said = { score: number(changed.score, 0), level: changed.level }
  const isSame = said.score === number(score, 0) && changed.level === level
  const was = isSame ? 'same' : changed.level === null ? 'was' : 'wasLevel'
  return `${why} ${t(`results.retold.${was}`, said)}`
}
