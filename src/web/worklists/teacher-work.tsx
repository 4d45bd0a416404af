import type { TeacherWork } from '#modules/worklists/model.ts'
import { Section } from '../parts/page.tsx'
import { useLanguage } from '../text/language.ts'
import { NotYet } from './not-yet.tsx'
import css from './work.module.css'

/** What waits for a class teacher: the own classes. */
export function TeacherWorkParts({ work: { institution, classes } }: { work: TeacherWork }) {
  const { t, to, count, year } = useLanguage()
  return (
    <>
      <Section title={t('work.ownClasses')} id="classes">
        {classes.length === 0 ? (
          <p>{t('work.noClasses')}</p>
        ) : (
          <ul className={css.classes}>
            {classes.map(({ id, name, learners, schoolYear }) => (
              <li key={id}>
                <a href={to('learners', { id: institution.id })}>{t('work.class', { name })}</a>{' '}
                <span className="small">
                  {t('count.pupils', { count: learners, n: count(learners) })} · {year(schoolYear)} ·{' '}
                  <a href={to('class', { id })}>
                    {t('classes.open')}
                    <span className="hidden">: {name}</span>
                  </a>{' '}
                  ·{' '}
                  <a href={to('classResults', { id })}>
                    {t('results.title')}
                    <span className="hidden">: {name}</span>
                  </a>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t('work.later')} id="later">
        <NotYet what={['plans']} />
      </Section>
    </>
  )
}
