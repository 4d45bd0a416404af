import type { CSSProperties } from 'react'
import type { Indicator } from '#modules/indicators/model.ts'
import type { UnitFigure } from '#modules/publications/model.ts'
import type { Tile } from '#modules/registry/model.ts'
import type { Config } from '#terms/config.ts'
import { absencesIn } from '../parts/absences.ts'
import { Absent } from '../parts/absent.tsx'
import { decimalsFor, figureWriter } from '../text/figure.ts'
import { useLanguage } from '../text/language.ts'
import { isShown } from '../text/sentences.ts'
import { Bar, MapKey, noFigure, shadeOf, Value } from './map-key.tsx'
import css from './tile-map.module.css'
import { valueClasses } from './value-classes.ts'

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
      <MapKey classes={classes} absent={absent} write={write} factor={factor} only={shown[0]!.value} />
      {without.length > 0 && <p className={css.note}>{t('map.without', { names: without.join(', ') })}</p>}
      <p className={css.note}>{t('map.source', { source: props.source })}</p>
    </div>
  )
}
