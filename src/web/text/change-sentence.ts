import type { Indicator } from '#modules/indicators/model.ts'
import type { Series, SeriesPoint } from '#modules/publications/model.ts'
import { type FigureWriter, figureWriter } from './figure.ts'
import type { Language } from './language.ts'
import { isShown, peopleOf, pupils } from './sentences.ts'

/** How the last year stands to the one before, from the same numbers as the drawing; null where there is no series yet. */
export function changeSentence(
  language: Language,
  indicator: Indicator,
  points: readonly SeriesPoint[],
  write: FigureWriter,
): string | null {
  const { t, year } = language
  const [before, last] = [points.at(-2), points.at(-1)]
  if (!before || !last) return null
  if (!isShown(last.cell)) return t('series.lastAbsent', { year: year(last.schoolYear) })
  const value = (point: SeriesPoint) =>
    !isShown(point.cell)
      ? t('series.notTold')
      : indicator.kind === 'count'
        ? pupils(language, point.cell.value)
        : write.value(point.cell.value)
  const both = t('series.both', {
    before: year(before.schoolYear),
    was: value(before),
    year: year(last.schoolYear),
    is: value(last),
  })
  const [reason] = last.breaks
  if (reason) return `${both} ${t(`series.break.${reason}`)}`
  if (!last.change) return both
  const { change } = last
  const isShare = indicator.unit === 'share'
  const [difference, low, high] = [change.difference, change.low, change.high].map((x) =>
    isShare ? 100 * x : x,
  ) as [number, number, number]
  const writeChange = figureWriter(language, 'points_difference', [{ low, high }])
  const written = writeChange.value(difference)
  const said = {
    difference: isShare ? t('figure.percentPoints', { x: written }) : written,
    interval: writeChange.interval(low, high),
  }
  return `${both} ${t(`series.${change.verdict}`, said)}`
}

/** In a table: „augstāk”, „zemāk”, „nav skaidras atšķirības”, or why it is not compared. */
export function changeWords({ t }: Language, { change, breaks }: SeriesPoint): string {
  if (breaks[0]) return t(`series.brokenBy.${breaks[0]}`)
  return change ? t(`series.word.${change.verdict}`) : ''
}

/** „Robežas mainījās 01.07.2025.: pievienojās Varakļānu novads.” */
export function borderSentences({ t, day, name }: Language, changes: Series['borderChanges']): string[] {
  const names = (units: readonly { name: Series['unit']['name'] }[]) =>
    units.map((unit) => name(unit.name)).join(', ')
  return changes.flatMap((change) => [
    ...(change.joined.length > 0
      ? [t('series.joined', { day: day(change.day), names: names(change.joined) })]
      : []),
    ...(change.left.length > 0
      ? [t('series.left', { day: day(change.day), names: names(change.left) })]
      : []),
  ])
}

/** „2023./2024. – 2025./2026. m. g. kopā: 54 % (no 47 līdz 61 %; 95 %), 132 skolēni.” Nothing where three years do not stand side by side. */
export function pooledSentence(
  language: Language,
  indicator: Indicator,
  last: SeriesPoint | undefined,
  write: FigureWriter,
): string[] {
  const pooled = last?.pooled
  if (!last || !pooled || indicator.kind === 'count') return []
  const said = [
    write.value(pooled.value),
    write.surely(pooled),
    pooled.n === null ? null : peopleOf(language, indicator, pooled.n),
  ]
  return [
    language.t('series.pooled', {
      since: language.shortYear(pooled.since),
      until: language.shortYear(last.schoolYear),
      figure: said.filter(Boolean).join(', '),
    }),
  ]
}

/** „Mērķis no 01.01.2024. līdz 31.12.2027.: 90 % (Izglītības attīstības pamatnostādnes).” */
export function targetSentence(
  { t, day, name }: Language,
  { value, from, until, source, isOwn, level }: Series['targets'][number],
  write: FigureWriter,
): string {
  return t(isOwn ? 'series.aimed' : 'series.aimedAbove', {
    place: t(`place.there.${level}`),
    value: write.value(value),
    span:
      until === null
        ? t('series.since', { from: day(from) })
        : t('series.between', { from: day(from), until: day(until) }),
    source: name(source),
  })
}
