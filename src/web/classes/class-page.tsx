import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { ClassFigures } from '#modules/classes/model.ts'
import { Profile } from '#modules/publications/model.ts'
import { areaNames, type Criterion, qualityAreas } from '#terms/criteria.ts'
import { mustBeSignedIn } from '../access/must-be-signed-in.ts'
import { MarkKey } from '../charts/interval-line.tsx'
import { readCatalogue } from '../indicators/catalogue.ts'
import { Page, Section } from '../parts/page.tsx'
import css from '../quality/quality.module.css'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { ClassRow } from './class-row.tsx'
import { type ClassView, classView } from './class-view.ts'
import classCss from './classes.module.css'
import { MarkRows } from './mark-rows.tsx'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const figures = await read(context, `/classes/${encodeURIComponent(params.id!)}/figures`, ClassFigures)
  const [catalogue, profile] = await Promise.all([
    readCatalogue(context),
    read(context, `/profiles/${figures.school.id}?${query({ year: figures.class.schoolYear })}`, Profile),
  ])
  return { figures, catalogue, assessments: profile.assessments }
}

/** A class by the twelve criteria, beside the same grades of its school: what is known of a class, and where the rest is. */
export default function ClassPage() {
  const data = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t, to, name, year, count } = language
  const view = classView(data, language)
  const { class: own, school, pupils, girls } = data.figures
  return (
    <Page
      title={t('classes.classTitle', { name: own.name })}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('classes.title'), to: `${to('classes')}?${query({ year: own.schoolYear })}` },
      ]}
      lead={t('classes.lead', { grades: view.grades })}
      facts={
        <>
          <span>
            <a href={to('school', { id: school.id })}>{name(school.name)}</a>
          </span>
          <span>{year(own.schoolYear)}</span>
          <span>{t('count.pupils', { count: pupils, n: count(pupils) })}</span>
          {girls !== null && (
            <span>{t('classes.girlsBoys', { girls: count(girls), boys: count(pupils - girls) })}</span>
          )}
        </>
      }
    >
      <Section
        title={t('classes.criteria')}
        id="quality"
        aside={
          <p className={css.key}>
            <MarkKey of="own">{t('classes.ownKey')}</MarkKey>
            <MarkKey of="municipality">{t('classes.gradesKey', { grades: view.grades })}</MarkKey>
          </p>
        }
      >
        {view.isEmpty && <p>{t('classes.empty')}</p>}
        {qualityAreas.map((area, index) => (
          <div key={area.key} className={classCss.area}>
            <h3>
              {index + 1}. {name(area.name)}
            </h3>
            {area.criteria.map((criterion, at) => (
              <CriterionOf
                key={criterion}
                view={view}
                criterion={criterion}
                number={`${index + 1}.${at + 1}.`}
              />
            ))}
          </div>
        ))}
      </Section>
      <Section className="stack">
        <p>
          <a href={to('classResults', { id: own.id })}>{t('classes.results')}</a>
        </p>
        <p className="note">{t('classes.audited')}</p>
        <p className="note">{t('classes.howCompared', { grades: view.grades })}</p>
      </Section>
    </Page>
  )
}

function CriterionOf(props: { view: ClassView; criterion: Criterion; number: string }) {
  const { view, criterion } = props
  const { t, to, name } = view.language
  const rows = view.rowsOf(criterion)
  const marks = criterion === 'purpose.achievement' ? view.data.figures.marks : []
  const { schoolYear } = view.data.figures.class
  return (
    <section className={css.criterion} aria-labelledby={criterion}>
      <h4 id={criterion}>
        {props.number} {name(areaNames[criterion])}
      </h4>
      {rows.length > 0 && (
        <ul className={css.rows}>
          {rows.map((row) => (
            <li key={row.figure.measure}>
              <ClassRow view={view} figure={row.figure} />
              {row.others.length > 0 && (
                <details className={css.more}>
                  <summary>
                    {t('classes.bySubject', { count: row.others.length, n: row.others.length })}
                  </summary>
                  <div className={css.others}>
                    {row.others.map((figure) => (
                      <ClassRow key={figure.subject} view={view} figure={figure} isMinor />
                    ))}
                  </div>
                </details>
              )}
            </li>
          ))}
        </ul>
      )}
      {marks.length > 0 && <MarkRows view={view} marks={marks} />}
      {rows.length + marks.length === 0 && (
        <p className={css.quiet}>
          {t('classes.notOfClass')}{' '}
          <a
            className="no-print"
            href={`${to('school', { id: view.data.figures.school.id, year: schoolYear })}#${criterion}`}
          >
            {t('classes.atSchool')}
          </a>
        </p>
      )}
    </section>
  )
}
