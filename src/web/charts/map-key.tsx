import type { CSSProperties } from 'react'
import { type AbsenceReason, absenceSymbol, type Cell } from '#terms/cell.ts'
import type { FigureWriter } from '../text/figure.ts'
import { type Language, useLanguage } from '../text/language.ts'
import css from './tile-map.module.css'
import type { ValueClass } from './value-classes.ts'

/** What the shades and bars of a map mean, and the reasons why figures are absent from it. */
export function MapKey(props: {
  classes: readonly ValueClass[]
  absent: readonly { reason: AbsenceReason; clause: string }[]
  write: FigureWriter
  /** figures times this are what the classes are of */
  factor: number
  /** the figure, where all are the same */
  only: number
}) {
  const language = useLanguage()
  const { classes, absent, write, factor, only } = props
  return (
    <ul className={css.key} aria-label={language.t('map.key')}>
      {classes.map((each, k) => (
        <li key={each.share}>
          <span className={css.swatch} data-shade={shadeOf(k, classes.length)} aria-hidden="true">
            <Bar share={each.share} />
          </span>
          {inWords(language, write, each, factor, only)}
        </li>
      ))}
      {absent.map(({ reason, clause }) => (
        <li key={clause}>
          <span className={`${css.swatch} ${css.absent}`} aria-hidden="true">
            {absenceSymbol[reason]}
          </span>
          {clause}
        </li>
      ))}
    </ul>
  )
}

/** Of a municipality about which the source says nothing. */
export const noFigure = { absent: 'unavailable' } as const

/** The number, and for whoever listens its interval too. */
export function Value({ cell, write }: { cell: Cell & { value: number }; write: FigureWriter }) {
  return (
    <>
      {write.value(cell.value)}
      {cell.low !== null && cell.high !== null && (
        <span className="hidden"> ({write.interval(cell.low, cell.high)})</span>
      )}
    </>
  )
}

/** How high the class is: the longer, the higher. */
export function Bar({ share }: { share: number }) {
  return <span className={css.bar} style={{ '--share': share } as CSSProperties} aria-hidden="true" />
}

const SHADES = 5

/** Shade of a class, 1–5: few classes lie as far apart as the shades allow. */
export function shadeOf(k: number, classes: number): number {
  return classes === 1 ? 2 : 1 + Math.round((k * (SHADES - 1)) / (classes - 1))
}

/** „mazāk nekā 65 %”, „65 līdz 69 %”, „75 % un vairāk”; where all figures are the same, the figure. */
function inWords(
  { t }: Language,
  write: FigureWriter,
  { low, high }: ValueClass,
  factor: number,
  only: number,
): string {
  if (low === null && high === null) return write.value(only)
  if (low === null) return t('map.upTo', { high: write.value(high! / factor) })
  if (high === null) return t('map.from', { low: write.value(low / factor) })
  return low === high ? write.value(low / factor) : write.range(low / factor, high / factor)
}
