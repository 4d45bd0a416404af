import type { Indicator } from '#modules/indicators/model.ts'
import type { Assessment } from '#modules/records/model.ts'
import type { AbsenceReason, Cell, Difference, Spread } from '#terms/cell.ts'
import type { Config } from '#terms/config.ts'
import type { Level } from '#terms/level.ts'
import type { PlaceName } from '#terms/locale.ts'
import { codes } from '../indicators/codes.ts'
import { type FigureWriter, figureWriter } from './figure.ts'
import type { Language } from './language.ts'

type Rule = Config['rules'][number]
type Shown = Cell & { value: number }

/** A figure that is there. */
export function isShown(cell: Cell | null | undefined): cell is Shown {
  return cell !== null && cell !== undefined && cell.absent === null && cell.value !== null
}

/** „Rīgā”, or „pašvaldībā „LEA 12”” where the source gives no cases. */
export function inPlace({ locale, t }: Language, place: PlaceName, level: Level): string {
  if (locale === 'en') return t('place.in', { name: place.en })
  return place.locative ?? t(`place.inUnnamed.${level}`, { name: place.lv })
}

/** „24 skolēni”, „31 022 skolēni”, „21 skolēns”, „30 skolēnu”. */
export function pupils({ t, count }: Language, n: number): string {
  return t('count.pupils', { count: n, n: count(n) })
}

/** The people behind a figure, by the name they have: „24 skolēni”, „18 pedagogi”. */
export function peopleOf(language: Language, indicator: Indicator, n: number): string {
  return language.t(`count.${peopleWord(indicator)}`, { count: n, n: language.count(n) })
}

/** Who is counted: the definition says „teachers of …” or „pupils with …”. */
export function peopleWord({ of }: Indicator): 'pupils' | 'teachers' {
  return /^teachers\b/i.test(of.en) ? 'teachers' : 'pupils'
}

/** The verdict in words: „augstāks rezultāts nekā valstī” or „nav skaidras atšķirības no valsts”. */
export function verdict({ t }: Language, indicator: Indicator, difference: Difference, other: Level): string {
  if (difference.verdict === 'no_clear_difference') return t(`verdict.none.${other}`)
  return t(`verdict.${sortOf(indicator)}.${difference.verdict}`, { there: t(`place.there.${other}`) })
}

/** The same about a mean result, as a whole sentence with both numbers. */
export function resultVerdict(
  language: Language,
  difference: Difference,
  other: { level: Level; value: number },
  write: FigureWriter,
): string {
  const { t } = language
  const writeDifference = figureWriter(language, 'points_difference', [difference])
  const said = {
    value: write.value(other.value),
    difference: writeDifference.value(difference.difference),
    interval: writeDifference.interval(difference.low, difference.high),
  }
  if (difference.verdict === 'no_clear_difference') return t(`verdictSentence.none.${other.level}`, said)
  return t(`verdictSentence.${difference.verdict}`, { ...said, there: t(`place.there.${other.level}`) })
}

/** Which words a comparison takes. Counts of pupils are never compared. */
function sortOf({ code, kind, unit }: Indicator): 'points' | 'share' | 'progress' | 'gap' | 'amount' {
  if (kind === 'gap') return 'gap'
  if (unit === 'share') return 'share'
  if (code === codes.progress || code === codes.growth) return 'progress'
  return unit === 'points' ? 'points' : 'amount'
}

/** „Ķīmija: vidēji 6,1 no 10 (no 5,2 līdz 7,0), 24 skolēni.” */
export function resultSentence(
  language: Language,
  cell: Shown,
  assessment: Assessment,
  write: FigureWriter,
): string {
  const { t, name, number } = language
  const known = cell.low !== null && cell.high !== null
  return t(known ? 'sentence.result' : 'sentence.resultWithoutInterval', {
    assessment: name(assessment.name),
    value: write.value(cell.value),
    maximum: number(assessment.scale.maximum),
    interval: known ? write.interval(cell.low!, cell.high!) : '',
    pupils: pupils(language, cell.n ?? 0),
  })
}

/** Girls and boys, from the cell of the gap: different only when its interval leaves zero out. */
export function gapSentence({ t }: Language, gap: Shown, write: FigureWriter): string {
  if (gap.low === null || gap.high === null) return t('sentence.gapUnsure', { value: write.value(gap.value) })
  const key = gap.low > 0 ? 'gapGirls' : gap.high < 0 ? 'gapBoys' : 'gapNone'
  const flipped = key === 'gapBoys'
  return t(`sentence.${key}`, {
    value: write.value(flipped ? -gap.value : gap.value).replace(/^\+/, ''),
    interval: flipped ? write.interval(-gap.high, -gap.low) : write.interval(gap.low, gap.high),
  })
}

/** Progress: zero is what others with the same start made. */
export function progressSentence({ t }: Language, cell: Shown, level: Level, write: FigureWriter): string {
  if (level === 'state') return t('sentence.progressState')
  if (cell.low === null || cell.high === null)
    return t('sentence.progressUnsure', { value: write.value(cell.value) })
  const key = cell.low > 0 ? 'progressMore' : cell.high < 0 ? 'progressLess' : 'progressNone'
  return t(`sentence.${key}`, {
    value: write.value(cell.value),
    interval: write.interval(cell.low, cell.high),
  })
}

/** „Puse skolēnu ieguva no 4 līdz 8 punktiem; viduspunkts ir 6.” Of percentiles: how many of a hundred they have outgrown. */
export function spreadSentence(
  { t, number }: Language,
  { quantiles }: Spread,
  unit: Indicator['unit'] = 'points',
): string {
  const { p25, p50, p75 } = quantiles
  const decimals = [p25, p50, p75].every(Number.isInteger) ? 0 : 1
  const said = unit === 'percentile' ? 'spreadPercentile' : p25 === p75 ? 'spreadNarrow' : 'spread'
  return t(`sentence.${said}`, {
    p25: number(p25, decimals),
    p50: number(p50, decimals),
    p75: number(p75, decimals),
  })
}

/** Why a figure is not there, as a short clause for a table: „aizsargāts: mazāk nekā 10 skolēnu”. */
export function absenceClause({ t, count }: Language, reason: AbsenceReason, rule: Rule | undefined): string {
  if (reason === 'too_few' && rule)
    return t('absence.tooFewThan', { count: rule.minimum, n: count(rule.minimum) })
  return t(`absence.${reason}`)
}
