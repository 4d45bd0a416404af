import type { CheckInfo } from '#modules/checks/model.ts'
import type { Profile } from '#modules/publications/model.ts'
import type { SchoolWork } from '#modules/worklists/model.ts'
import { inOrder } from '../checks/in-order.ts'
import { Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import { newResults } from './new-results.ts'
import { NotYet } from './not-yet.tsx'
import css from './work.module.css'

/** What waits for the head of a school: what is to be corrected and where, what of the results is new, what comes later. */
export function SchoolWorkParts({
  work,
  checks,
  profile,
}: {
  work: SchoolWork
  checks: readonly CheckInfo[]
  profile: Profile
}) {
  const { t, name, count, share, instant, dayOfInstant } = useLanguage()
  const { run, score, findings, reminders, changedAt } = work
  const [latest] = reminders
  const total = findings.reduce((sum, { n }) => sum + n, 0)
  return (
    <>
      {latest && findings.length > 0 && (
        <p className={css.reminder} role="note">
          {t('work.reminded', {
            by: name(latest.by),
            day: dayOfInstant(latest.at),
            count: latest.open,
            n: count(latest.open),
          })}
        </p>
      )}
      <Section
        title={t('work.toCorrect')}
        id="to-correct"
        aside={total > 0 && <span className="tag look">{count(total)}</span>}
      >
        <dl className={css.state}>
          {score && (
            <div>
              <dt>{t('work.inOrder')}</dt>
              <dd>{share(inOrder(score), 1)}</dd>
            </div>
          )}
          <div>
            <dt>{t('work.lastImport')}</dt>
            <dd>{run ? instant(run.importedAt) : t('work.noImport')}</dd>
          </div>
          {changedAt && (
            <div>
              <dt>{t('work.changed')}</dt>
              <dd>{instant(changedAt)}</dd>
            </div>
          )}
          <div>
            <dt>{t('work.nextImport')}</dt>
            <dd>{work.nextImportAt ? instant(work.nextImportAt) : t('work.nextUnknown')}</dd>
          </div>
        </dl>
        {!run ? (
          <p>{t('findings.neverAsked')}</p>
        ) : findings.length === 0 ? (
          <p>{t('findings.nothing')}</p>
        ) : (
          <>
            <ByCheck work={work} checks={checks} />
            <p className="note">{t('findings.how')}</p>
          </>
        )}
      </Section>
      <NewResults profile={profile} />
      <Section title={t('work.later')} id="later">
        <NotYet what={['survey', 'plans']} />
      </Section>
    </>
  )
}

function ByCheck({ work, checks }: { work: SchoolWork; checks: readonly CheckInfo[] }) {
  const { t, to, name, count, dayOfInstant } = useLanguage()
  const told = new Map(checks.map((check) => [check.code, check]))
  const list = to('findings', { id: work.institution.id })
  return (
    <div className={css.list}>
      <WideTable label={t('work.toCorrect')}>
        <thead>
          <tr>
            <th scope="col">{t('checks.check')}</th>
            <th scope="col">{t('work.certainty')}</th>
            <th scope="col" className="n">
              {t('work.records')}
            </th>
            <th scope="col">{t('findings.whereToCorrect')}</th>
            <th scope="col">{t('findings.since')}</th>
          </tr>
        </thead>
        <tbody>
          {work.findings.map(({ check, n, since }) => {
            const about = told.get(check)
            return (
              <tr key={check}>
                <th scope="row">
                  <a href={`${list}#${check}`}>{about ? name(about.title) : check}</a>
                </th>
                <td>
                  {about && (
                    <span className={about.certainty === 'wrong' ? 'tag look' : 'tag'}>
                      {t(`findings.certainty.${about.certainty}`)}
                    </span>
                  )}
                </td>
                <td className="n">{count(n)}</td>
                <td>{about ? name(about.where) : ''}</td>
                <td className={css.day}>{dayOfInstant(since)}</td>
              </tr>
            )
          })}
        </tbody>
      </WideTable>
    </div>
  )
}

/** Tests of the latest year with results of the school. */
function NewResults({ profile }: { profile: Profile }) {
  const { t, to, name, count, year } = useLanguage()
  const results = newResults(profile)
  return (
    <Section title={t('work.results')} id="results">
      {results.length === 0 || profile.schoolYear === null ? (
        <p>{t('work.noResults')}</p>
      ) : (
        <>
          <p className={css.about}>{year(profile.schoolYear)}</p>
          <ul className={css.results}>
            {results.map(({ assessment, n }) => (
              <li key={assessment.id}>
                <a href={to('school', { id: profile.unit.id, year: assessment.schoolYear })}>
                  {name(assessment.name)}
                </a>{' '}
                <span className="small">{t('count.pupils', { count: n, n: count(n) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
