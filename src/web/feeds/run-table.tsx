import type { FeedRun } from '#modules/feeds/model.ts'
import { duration } from '../jobs/duration.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import css from './feeds.module.css'

/** Runs of a feed, the latest first: what came, what it changed, what was refused and why. */
export function RunTable({ runs }: { runs: readonly FeedRun[] }) {
  const { t, to, instant, count, name } = useLanguage()
  const took = ({ startedAt, endedAt }: FeedRun) =>
    endedAt ? duration(Date.parse(endedAt) - Date.parse(startedAt)) : '–'
  return (
    <>
      <p className="small">{t('feeds.runsLead')}</p>
      <WideTable label={t('feeds.runs')}>
        <thead>
          <tr>
            <th scope="col">{t('feeds.column.started')}</th>
            <th scope="col">{t('feeds.column.outcome')}</th>
            <th scope="col" className="n">
              {t('feeds.column.rows')}
            </th>
            <th scope="col" className="n">
              {t('feeds.column.changes')}
            </th>
            <th scope="col" className="n">
              {t('feeds.column.refusals')}
            </th>
            <th scope="col">{t('feeds.column.took')}</th>
            <th scope="col">{t('feeds.column.problem')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row">{instant(run.startedAt)}</th>
              <td>{t(`feeds.outcomes.${run.outcome}`)}</td>
              <td className="n">{count(run.rows)}</td>
              <td className="n">{count(run.changes)}</td>
              <td className="n">{count(run.refusals)}</td>
              <td>{took(run)}</td>
              <td className={css.happened}>
                {run.problem && <p>{name(run.problem.message)}</p>}
                {run.import && (
                  <a href={to('import', { id: run.import.id })}>
                    {t('feeds.report')} {run.import.number}
                  </a>
                )}
                {!run.problem && !run.import && '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </>
  )
}
