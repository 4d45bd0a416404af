import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { OwnClasses } from '#modules/classes/model.ts'
import { mustBeSignedIn } from '../access/must-be-signed-in.ts'
import { Page, Section } from '../parts/page.tsx'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import css from './classes.module.css'

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const year = new URL(request.url).searchParams.get('year')
  return read(context, `/classes?${query({ year })}`, OwnClasses)
}

/** Own classes of a school year by grade: a class teacher's own, all of a head's school. Never in an order of results. */
export default function ClassesPage() {
  const { schoolYear, schoolYears, items } = useLoaderData<typeof loader>()
  const { t, to, year } = useLanguage()
  const byGrade = Map.groupBy(items, ({ grade }) => grade)
  return (
    <Page
      title={t('classes.title')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
      lead={t('classes.listLead')}
      facts={schoolYear && <span>{year(schoolYear)}</span>}
    >
      {schoolYears.length > 1 && (
        <nav className="no-print" aria-label={t('classes.years')}>
          <ul className="chips">
            {schoolYears.map((each) => (
              <li key={each}>
                <a
                  href={`${to('classes')}?${query({ year: each })}`}
                  aria-current={each === schoolYear ? 'page' : undefined}
                >
                  {year(each)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <Section>
        {items.length === 0 && <p>{t('classes.none')}</p>}
        <dl className={css.grades}>
          {[...byGrade].map(([grade, classes]) => (
            <div key={grade}>
              <dt>{grade === 0 ? t('classes.preschool') : t('learners.grade', { grade })}</dt>
              {classes.map(({ id, name }) => (
                <dd key={id}>
                  <a href={to('class', { id })}>{name}</a>
                </dd>
              ))}
            </div>
          ))}
        </dl>
      </Section>
    </Page>
  )
}
