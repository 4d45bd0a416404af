import type { RetentionRun } from '#modules/rights/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import css from './protection-page.module.css'

/**
 * What was due and what was destroyed, counted; and, for the officer, the way to count and then to destroy.
 *
 * @param csrf  null: only to be looked at
 */
export function Runs(props: { runs: readonly RetentionRun[]; today: string; csrf: string | null }) {
  const { runs, today, csrf } = props
  const { t } = useLanguage()
  const isCounted = runs.some(({ dry, day, state }) => dry && day === today && state === 'done')
  return (
    <>
      <p>{t('protection.retentionLead')}</p>
      {csrf !== null && (
        <form method="post" className={`${css.form} no-print`}>
          <input type="hidden" name="csrf" value={csrf} />
          <button type="submit" name="what" value="count" className="button">
            {t('protection.count')}
          </button>
        </form>
      )}
      {csrf !== null && isCounted && (
        <form method="post" className={`${css.form} no-print`}>
          <input type="hidden" name="csrf" value={csrf} />
          <label className={css.sure}>
            <input type="checkbox" required />
            {t('protection.sure')}
          </label>
          <button type="submit" name="what" value="destroy" className="button quiet">
            {t('protection.destroy')}
          </button>
        </form>
      )}
      {runs.length === 0 ? <p>{t('protection.noRuns')}</p> : <RunTable runs={runs} />}
    </>
  )
}

function RunTable({ runs }: { runs: readonly RetentionRun[] }) {
  const { t, day, instant, count } = useLanguage()
  return (
    <WideTable label={t('protection.retention')}>
      <thead>
        <tr>
          <th scope="col">{t('protection.day')}</th>
          <th scope="col">{t('protection.mode')}</th>
          <th scope="col">{t('protection.found')}</th>
          <th scope="col">{t('protection.state')}</th>
          <th scope="col">{t('protection.who')}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id}>
            <td>{day(run.day)}</td>
            <td>{t(run.dry ? 'protection.dry' : 'protection.real')}</td>
            <td>
              {run.counts.length === 0 ? (
                run.state === 'done' && t('protection.noneDue')
              ) : (
                <ul className={css.found}>
                  {run.counts.map(({ kind, table, rows }) => (
                    <li key={kind + table}>
                      <code>{table}</code> {count(rows)}
                    </li>
                  ))}
                </ul>
              )}
            </td>
            <td>
              {t(`protection.states.${run.state}`)}
              {run.finishedAt && ` ${instant(run.finishedAt)}`}
            </td>
            <td>{run.askedBy ?? t('protection.calendar')}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
