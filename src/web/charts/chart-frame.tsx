import { type ReactNode, useId } from 'react'
import { useLanguage } from '../text/language.ts'
import css from './chart-frame.module.css'

export interface Origin {
  /** people behind the chart, already written: „24 skolēni” */
  people?: string
  year?: number | null
  source?: string
  /** „Datu laidiens 1.0, 22.11.2026.” */
  version?: string
  /** address of the same numbers as a file */
  csv?: string
  definition?: string
  /** for analysts: where the figure comes from, down to the line */
  trace?: string
}

/**
 * Every chart: what it shows as a conclusion, the sentence made from the same numbers, the drawing, the numbers as a
 * table, and where they come from.
 */
export function ChartFrame(props: {
  title: string
  say: ReactNode
  /** numbers of the drawing; left out when the drawing is itself a table */
  table?: ReactNode
  origin: Origin
  children: ReactNode
}) {
  const { t, year } = useLanguage()
  const { origin } = props
  const title = useId()
  return (
    <figure className={css.chart} aria-labelledby={title}>
      <h3 id={title} className="chart-title">
        {props.title}
      </h3>
      <p className={css.say}>{props.say}</p>
      {props.children}
      {props.table && (
        <details className={css.table}>
          <summary>{t('chart.asTable')}</summary>
          <div className="scroll">{props.table}</div>
        </details>
      )}
      {Object.keys(origin).length > 0 && (
        <figcaption className={css.origin}>
          {origin.people && <span>{origin.people}</span>}
          {origin.year && <span>{year(origin.year)}</span>}
          {origin.source && <span>{t('chart.source', { source: origin.source })}</span>}
          {origin.version && <span>{origin.version}</span>}
          {origin.csv && (
            <a className="no-print" href={origin.csv} download>
              {t('chart.download')}
            </a>
          )}
          {origin.definition && (
            <a className="no-print" href={origin.definition}>
              {t('chart.definition')}
            </a>
          )}
          {origin.trace && (
            <a className="no-print" href={origin.trace}>
              {t('chart.trace')}
            </a>
          )}
        </figcaption>
      )}
    </figure>
  )
}
