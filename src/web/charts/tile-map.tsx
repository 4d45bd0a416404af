import type { CSSProperties } from 'react'
import type { Indicator } from '#modules/indicators/model.ts'
import type { UnitFigure } from '#modules/publications/model.ts'
import type { Tile } from '#modules/registry/model.ts'
import { absenceSymbol, type Cell } from '#terms/cell.ts'
import type { Config } from '#terms/config.ts'
import { absencesIn } from '../parts/absences.ts'
import { Absent } from '../parts/absent.tsx'
import { decimalsFor, type FigureWriter, figureWriter } from '../text/figure.ts'
import { type Language, useLanguage } from '../text/language.ts'
import { isShown } from '../text/sentences.ts'
import css from './tile-map.module.css'
import { type ValueClass, valueClasses } from './value-classes.ts'

/**
 * The country as squares of one size, a municipality each, about where it lies. The class of a figure is told three times over:
 * by the number, by the bar at the foot of the square and by its shade. Squares follow each other in the order of the table,
 * and each leads to its municipality. Wide it shows the number, on a phone letters and bar; the number is still read out.
 */
export function TileMap(props: {
  label: string
  indicator: Indicator
  tiles: readonly Tile[]
  /** who drew the map, and under which licence */
  source: string
  /** in the order of the table; what has no square is named below */
  figures: readonly UnitFigure[]
  rules: Config['rules']
  /** keeps the year in the links */
  year: number | null
}) {
  const language = useLanguage()
  const { t, to, name } = language
  const { indicator, figures, tiles } = props
  const shown = figures.map(({ cell }) => cell).filter(isShown)
  if (tiles.length === 0 || shown.length === 0) return null
  const cells = new Map(figures.map(({ unit, cell }) => [unit.id, cell]))
  const write = figureWriter(language, indicator.unit, shown)
  const factor = indicator.unit === 'share' ? 100 : 1
  const { classes, of } = valueClasses(
    shown.map(({ value }) => factor * value),
    { decimals: decimalsFor(indicator.unit, shown), isCount: indicator.unit === 'pupils' },
  )
  // A municipality without any figure keeps its square: a hole would look as if there were none.
  const squares = tiles.map((tile) => ({ ...tile, cell: cells.get(tile.territoryId) ?? null }))
  const absent = absencesIn(
    language,
    squares.map(({ cell }) => ({ cell: cell ?? noFigure, indicator })),
    props.rules,
  )
  const placed = new Set(tiles.map(({ territoryId }) => territoryId))
  const without = figures.filter(({ unit }) => !placed.has(unit.id)).map(({ unit }) => name(unit.name))
  const west = Math.min(...tiles.map(({ column }) => column))
  const north = Math.min(...tiles.map(({ row }) => row))
  const columns = { '--columns': 1 + Math.max(...tiles.map(({ column }) => column)) - west }
  return (
    <div className={css.whole}>
      <ul className={css.map} aria-label={props.label} style={columns as CSSProperties}>
        {squares.map(({ territoryId, short, column, row, cell, ...tile }) => (
          <li key={territoryId} style={{ gridColumn: column - west + 1, gridRow: row - north + 1 }}>
            <a
              className={isShown(cell) ? css.tile : `${css.tile} ${css.absent}`}
              href={to('municipality', { id: territoryId, year: props.year })}
              title={name(tile.name)}
              data-shade={isShown(cell) ? shadeOf(of(factor * cell.value), classes.length) : undefined}
            >
              <span className={css.short}>{short}</span>
              <span className="hidden"> {name(tile.name)}: </span>
              <span className={css.value}>
                {isShown(cell) ? (
                  <Value cell={cell} write={write} />
                ) : (
                  <Absent cell={cell ?? noFigure} indicator={indicator} rules={props.rules} />
                )}
              </span>
              {isShown(cell) && <Bar share={classes[of(factor * cell.value)]!.share} />}
            </a>
          </li>
        ))}
      </ul>
      <ul className={css.key} aria-label={t('map.key')}>
        {classes.map((each, k) => (
          <li key={each.share}>
            <span className={css.swatch} data-shade={shadeOf(k, classes.length)} aria-hidden="true">
              <Bar share={each.share} />
            </span>
            {inWords(language, write, each, factor, shown[0]!.value)}
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
      {without.length > 0 && <p className={css.note}>{t('map.without', { names: without.join(', ') })}</p>}
      <p className={css.note}>{t('map.source', { source: props.source })}</p>
    </div>
  )
}

/** Of a municipality about which the source says nothing. */
const noFigure = { absent: 'unavailable' } as const

/** The number, and for whoever listens its interval too. */
function Value({ cell, write }: { cell: Cell & { value: number }; write: FigureWriter }) {
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
function Bar({ share }: { share: number }) {
  return <span className={css.bar} style={{ '--share': share } as CSSProperties} aria-hidden="true" />
}

const SHADES = 5

/** Shade of a class, 1–5: few classes lie as far apart as the shades allow. */
function shadeOf(k: number, classes: number): number {
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
