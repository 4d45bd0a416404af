import type { Retention, RetentionRun } from '#modules/rights/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import css from './protection-page.module.css'

/**
 * What was due and what was destroyed, counted; and, for the officer, the way to count and then to destroy.
 *
 * @param csrf  null: only to be looked at
 */
export function Runs(props: {
  runs: readonly RetentionRun[]
  rules: readonly Retention[]
  today: string
  csrf: string | null
}) {
  const { runs, rules, today, csrf } = props
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
      {runs.length === 0 ? <p>{t('protection.noRuns')}</p> : <RunTable runs={runs} rules={rules} />}
    </>
  )
}

function RunTable({ runs, rules }: { runs: readonly RetentionRun[]; rules: readonly Retention[] }) {
  const { t, name, day, instant, count } = useLanguage()
  const nameOf = (kind: string) => {
    const rule = rules.find((each) => each.kind === kind)
    return rule ? name(rule.name) : kind
  }
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
                  {[...Map.groupBy(run.counts, ({ kind }) => kind)].map(([kind, found]) => (
                    <li key={kind}>
                      {nameOf(kind)}:{' '}
                      {found.map(({ table, rows }, at) => (
                        <span key={table}>
                          {at > 0 && ', '}
                          <code>{table}</code> {count(rows)}
                        </span>
                      ))}
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
