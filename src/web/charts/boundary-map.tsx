import type { Indicator } from '#modules/indicators/model.ts'
import type { UnitFigure } from '#modules/publications/model.ts'
import type { BoundaryMap as Borders } from '#modules/registry/model.ts'
import type { Config } from '#terms/config.ts'
import { absencesIn } from '../parts/absences.ts'
import { decimalsFor, figureWriter } from '../text/figure.ts'
import { useLanguage } from '../text/language.ts'
import { isShown } from '../text/sentences.ts'
import css from './boundary-map.module.css'
import { boundaryShapes } from './boundary-shapes.ts'
import { MapKey, noFigure, shadeOf } from './map-key.tsx'
import tiles from './tile-map.module.css'
import { valueClasses } from './value-classes.ts'

const WIDTH = 760 // px

/**
 * The country in its borders: the same figures, classes and key as the tile map. A large area catches the eye more than a small one
 * with more pupils; that is why the tile map comes first. Where there is room the number stands in the area.
 */
export function BoundaryMap(props: {
  label: string
  indicator: Indicator
  borders: Borders
  /** in the order of the table; what has no borders is named below */
  figures: readonly UnitFigure[]
  rules: Config['rules']
  /** keeps the year in the links */
  year: number | null
}) {
  const language = useLanguage()
  const { t, to, name } = language
  const { indicator, figures, borders } = props
  const shown = figures.map(({ cell }) => cell).filter(isShown)
  if (borders.items.length === 0 || shown.length === 0) return null
  const cells = new Map(figures.map(({ unit, cell }) => [unit.id, cell]))
  const write = figureWriter(language, indicator.unit, shown)
  const factor = indicator.unit === 'share' ? 100 : 1
  const { classes, of } = valueClasses(
    shown.map(({ value }) => factor * value),
    { decimals: decimalsFor(indicator.unit, shown), isCount: indicator.unit === 'pupils' },
  )
  const { height, shapes } = boundaryShapes(borders.items, WIDTH)
  const areas = borders.items.map((area, at) => ({
    ...shapes[at]!,
    called: name(area.name),
    cell: cells.get(area.territoryId) ?? null,
  }))
  const absent = absencesIn(
    language,
    areas.map(({ cell }) => ({ cell: cell ?? noFigure, indicator })),
    props.rules,
  )
  const placed = new Set(areas.map(({ territoryId }) => territoryId))
  const without = figures.filter(({ unit }) => !placed.has(unit.id)).map(({ unit }) => name(unit.name))
  const clauseOf = (cell: (typeof areas)[number]['cell']) =>
    absencesIn(language, [{ cell: cell ?? noFigure, indicator }], props.rules)[0]?.clause ?? ''
  return (
    <div className={tiles.whole}>
      {/* biome-ignore lint/a11y/useSemanticElements: there is no element for a group of links in a drawing */}
      <svg className={css.map} viewBox={`0 0 ${WIDTH} ${height}`} role="group" aria-label={props.label}>
        {areas.map(({ territoryId, path, at, isRoomy, called, cell }) => {
          const value = isShown(cell) ? write.value(cell.value) : clauseOf(cell)
          const interval =
            isShown(cell) && cell.low !== null && cell.high !== null
              ? ` (${write.interval(cell.low, cell.high)})`
              : ''
          return (
            <a
              key={territoryId}
              href={to('municipality', { id: territoryId, year: props.year })}
              className={isShown(cell) ? css.area : `${css.area} ${css.absent}`}
              data-shade={isShown(cell) ? shadeOf(of(factor * cell.value), classes.length) : undefined}
            >
              <title>{`${called}: ${value}${interval}`}</title>
              <path d={path} />
              {isRoomy && isShown(cell) && (
                <text x={at[0]} y={at[1]} textAnchor="middle" dy="0.35em">
                  {write.value(cell.value)}
                </text>
              )}
            </a>
          )
        })}
      </svg>
      <MapKey classes={classes} absent={absent} write={write} factor={factor} only={shown[0]!.value} />
      {without.length > 0 && (
        <p className={tiles.note}>{t('map.withoutBorders', { names: without.join(', ') })}</p>
      )}
      <p className={tiles.note}>
        {t('map.bordersSource', {
          source: borders.source ?? '',
          licence: borders.licence ?? '',
          day: borders.from ? language.day(borders.from) : '',
        })}
      </p>
    </div>
  )
}
