import type { Indicator } from '#modules/indicators/model.ts'
import type { UnitView } from '../publications/unit-view.ts'
import type { FigureRow } from '../quality/criteria-view.ts'
import { YearsLine } from '../quality/years-line.tsx'
import { isShown } from '../text/sentences.ts'
import css from './indicators-page.module.css'
import { subjectName } from './subject-name.ts'

/** One indicator of the catalogue: what it is, and the country's figure if there is one. */
export function CatalogueEntry(props: {
  view: UnitView
  indicator: Indicator
  row: FigureRow | null
  /** of its name: one below what stands above it */
  Heading: 'h3' | 'h4'
}) {
  const { view, indicator, row, Heading } = props
  const { language, data } = view
  const { t, to, name } = language
  const cell = row?.figure.cell
  return (
    <li>
      <div className={css.words}>
        <Heading className={css.name}>
          <a href={to('indicator', { code: indicator.code })}>{name(indicator.name)}</a>
        </Heading>
        <p>{name(indicator.definition)}</p>
        <p className="small">
          {t('indicators.code', { code: indicator.code, version: indicator.version })} ·{' '}
          {t(`better.${indicator.better}`)}
        </p>
      </div>
      {row && isShown(cell) ? (
        <div className={css.figure}>
          <p>
            <b>{view.writerOf(row.figure).value(cell.value)}</b>
            <span>
              {[
                name(data.profile.unit.name),
                subjectName(language, row.figure.subject, view.assessmentOf(row.figure.subject)),
                language.year(row.schoolYear),
              ]
                .filter(Boolean)
                .join(', ')}
            </span>
          </p>
          <YearsLine view={view} indicator={indicator} points={row.points} subject={row.figure.subject} />
        </div>
      ) : (
        <p className={css.none}>{t(row ? 'indicators.hidden' : 'indicators.noData')}</p>
      )}
    </li>
  )
}
