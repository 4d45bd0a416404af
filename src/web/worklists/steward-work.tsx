import type { ImportSummary } from '#modules/intake/model.ts'
import type { Job, JobState } from '#modules/jobs/model.ts'
import { Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import css from './work.module.css'

const LISTED = 5

/** What waits for the steward: work of the system that failed or waits, and what arrived last. */
export function StewardWorkParts({
  jobs,
  imports,
  waitingFiles,
}: {
  jobs: readonly Job[]
  imports: readonly ImportSummary[]
  waitingFiles: number
}) {
  const { t, to, count } = useLanguage()
  const numberOf = (state: JobState) => jobs.filter((job) => job.state === state).length
  return (
    <>
      <Section title={t('jobs.title')} id="jobs" aside={<a href={to('jobs')}>{t('work.open')}</a>}>
        <dl className={css.state}>
          {(['failed', 'running', 'waiting'] as const).map((state) => (
            <div key={state}>
              <dt>{t(`work.jobs.${state}`)}</dt>
              <dd>{count(numberOf(state))}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title={t('imports.title')} id="imports" aside={<a href={to('imports')}>{t('work.open')}</a>}>
        {waitingFiles > 0 && <p>{t('work.waitingFiles', { count: waitingFiles, n: count(waitingFiles) })}</p>}
        <LatestImports imports={imports} opens />
      </Section>
    </>
  )
}

/** The imports that ended last, with how many lines were refused. */
export function LatestImports({
  imports,
  opens,
}: {
  imports: readonly ImportSummary[]
  /** their reports are for the caller */
  opens: boolean
}) {
  const { t, to, count, instant } = useLanguage()
  if (imports.length === 0) return <p>{t('imports.empty')}</p>
  return (
    <WideTable label={t('imports.title')}>
      <thead>
        <tr>
          <th scope="col">{t('imports.file')}</th>
          <th scope="col">{t('imports.started')}</th>
          <th scope="col">{t('imports.state')}</th>
          <th scope="col" className="n">
            {t('imports.rows')}
          </th>
          <th scope="col" className="n">
            {t('imports.refusals')}
          </th>
        </tr>
      </thead>
      <tbody>
        {imports.slice(0, LISTED).map((each) => (
          <tr key={each.id}>
            <th scope="row">{opens ? <a href={to('import', { id: each.id })}>{each.file}</a> : each.file}</th>
            <td className={css.day}>{instant(each.startedAt)}</td>
            <td>{t(`imports.states.${each.state}`)}</td>
            <td className="n">{count(each.rowsRead)}</td>
            <td className="n">{count(each.refusals)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
