import type { MunicipalityWork, SchoolState } from '#modules/worklists/model.ts'
import { inOrder } from '../checks/in-order.ts'
import { Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import { NotYet } from './not-yet.tsx'
import { SchoolFilter } from './school-filter.tsx'
import { isShown, type SchoolChoice } from './shown-schools.ts'
import css from './work.module.css'

/** What waits for a municipality: its schools by name, how their records stand, and a reminder to those that lag. */
export function MunicipalityWorkParts({
  work,
  choice,
  csrf,
  reminder,
}: {
  work: MunicipalityWork
  choice: SchoolChoice
  csrf: string
  /** what became of a reminder just sent */
  reminder: 'made' | 'refused' | null
}) {
  const { t, count, instant } = useLanguage()
  const { run, schools } = work
  const shown = schools.filter((school) => isShown(school, choice))
  return (
    <>
      <Section
        title={t('work.ownSchools')}
        id="schools"
        aside={
          run && (
            <span className="small">
              {t('findings.imported', { at: instant(run.importedAt) })} · {t('work.nextImport')}:{' '}
              {work.nextImportAt ? instant(work.nextImportAt) : t('work.nextUnknown')}
            </span>
          )
        }
      >
        {reminder && (
          <p className={css.reminder} role="status">
            {t(`work.became.${reminder}`)}
          </p>
        )}
        {!run && <p>{t('findings.neverAsked')}</p>}
        {schools.length === 0 ? (
          <p>{t('work.noSchools')}</p>
        ) : (
          <>
            <SchoolFilter schools={schools} choice={choice} />
            {shown.length === 0 ? (
              <p>{t('work.noneShown')}</p>
            ) : (
              <div className={css.list}>
                <WideTable label={t('work.ownSchools')}>
                  <caption>{t('work.shown', { count: shown.length, n: count(shown.length) })}</caption>
                  <thead>
                    <tr>
                      <th scope="col">{t('work.school')}</th>
                      <th scope="col" className="n">
                        {t('checks.column.faults')}
                      </th>
                      <th scope="col" className="n">
                        {t('checks.column.change')}
                      </th>
                      <th scope="col" className="n">
                        {t('checks.column.share')}
                      </th>
                      <th scope="col">{t('work.changed')}</th>
                      <th scope="col">{t('work.remindedOn')}</th>
                      <th scope="col" className="no-print">
                        <span className="hidden">{t('work.remind')}</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {shown.map((school) => (
                      <SchoolRow key={school.institution.id} school={school} csrf={csrf} />
                    ))}
                  </tbody>
                </WideTable>
              </div>
            )}
            <p className="note">{t('work.aboutReminders')}</p>
          </>
        )}
      </Section>
      <Section title={t('work.later')} id="later">
        <NotYet what={['tests', 'response', 'plans']} />
      </Section>
    </>
  )
}

function SchoolRow({ school, csrf }: { school: SchoolState; csrf: string }) {
  const { t, to, name, count, signed, share, dayOfInstant } = useLanguage()
  const { institution, score, before, changedAt, remindedAt, mayRemind } = school
  const change = score && before ? score.faults - before.faults : null
  return (
    <tr>
      <th scope="row">
        <a href={to('findings', { id: institution.id })}>{name(institution.name)}</a>
      </th>
      <td className="n">{score ? count(score.faults) : '–'}</td>
      <td className="n">{change === null ? '–' : change === 0 ? t('checks.noChange') : signed(change)}</td>
      <td className="n">{score ? share(inOrder(score), 1) : '–'}</td>
      <td className={css.day}>{changedAt ? dayOfInstant(changedAt) : '–'}</td>
      <td className={css.day}>{remindedAt ? dayOfInstant(remindedAt) : '–'}</td>
      <td className={`no-print ${css.act}`}>
        {mayRemind && (
          <form method="post" action={to('myWork')}>
            <input type="hidden" name="csrf" value={csrf} />
            <button
              type="submit"
              name="remind"
              value={institution.id}
              className={`button quiet ${css.remind}`}
            >
              {t('work.remind')}
              <span className="hidden"> {name(institution.name)}</span>
            </button>
          </form>
        )}
      </td>
    </tr>
  )
}
