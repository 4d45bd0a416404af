import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Institution, NamedLearner } from '#modules/registry/model.ts'
import { portalContext } from '../context.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { YearChoice } from '../parts/year-choice.tsx'
import { usePortal } from '../portal.ts'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { yearFrom } from '../year.ts'
import css from './learners-page.module.css'

const Learners = z.object({ items: z.array(NamedLearner) })

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { schoolYears } = context.get(portalContext).config
  const asked = yearFrom(new URL(request.url).searchParams.get('year') ?? undefined)
  const year = asked ?? schoolYears.at(-1) ?? null
  const id = encodeURIComponent(params.id!)
  const [school, learners] = await Promise.all([
    read(context, `/institutions/${id}`, Institution),
    year === null
      ? { items: [] }
      : read(context, `/institutions/${id}/learners?${query({ year })}`, Learners),
  ])
  return { school, learners: learners.items, year, schoolYears }
}

/** A head's own learners, or a class teacher's class, by name. Every reading is audited, and the page says so. */
export default function LearnersPage() {
  const { school, learners, year, schoolYears } = useLoaderData<typeof loader>()
  const { t, to, name, number, count } = useLanguage()
  const tests = [
    ...new Map(
      learners.flatMap(({ results }) => results.map((result) => [result.subject, result.assessment])),
    ),
  ]
  const decimals = new Map(tests.map(([subject]) => [subject, decimalsOf(learners, subject)]))
  const isTeacher = usePortal()?.me.mandate?.tier === 'teacher'
  const classes = [
    ...new Set(learners.map(({ className, grade }) => className ?? t('learners.grade', { grade }))),
  ]
  const heading = isTeacher
    ? t('learners.ownClass', { count: classes.length, classes: classes.join(', ') })
    : t('learners.title', { school: name(school.name) })
  return (
    <Page
      title={heading}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: name(school.name), to: to('school', { id: school.id }) },
      ]}
      lead={t('count.pupils', { count: learners.length, n: count(learners.length) })}
    >
      {!isTeacher && (
        <YearChoice
          years={schoolYears}
          chosen={year}
          to={(chosen) => `${to('learners', { id: school.id })}?${query({ year: chosen })}`}
        />
      )}
      <Section className={css.learners}>
        <p className={`note ${css.audited}`}>{t('learners.audited')}</p>
        {learners.length === 0 ? (
          <p>{t(isTeacher ? 'learners.noClass' : 'learners.nobody')}</p>
        ) : (
          <WideTable label={heading}>
            <thead>
              <tr>
                <th scope="col">{t('learners.name')}</th>
                <th scope="col">{t('learners.class')}</th>
                <th scope="col">{t('learners.sex')}</th>
                {tests.map(([subject, assessment]) => (
                  <th key={subject} scope="col" className="n">
                    {name(assessment)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {learners.map((learner) => (
                <tr key={learner.id}>
                  <th scope="row">{learner.name ?? t('learners.unnamed', { code: learner.code })}</th>
                  <td>{learner.className ?? t('learners.grade', { grade: learner.grade })}</td>
                  <td>{t(`sex.one.${learner.sex}`)}</td>
                  {tests.map(([subject]) => {
                    const result = learner.results.find((each) => each.subject === subject)
                    return (
                      <td key={subject} className="n">
                        {result ? number(result.value, decimals.get(subject)) : '–'}
                        {result && result.status !== 'official' && (
                          <span className="small"> {t(`learners.status.${result.status}`)}</span>
                        )}
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
      </Section>
    </Page>
  )
}

/** The same decimals down a column: none for whole points, else two. */
function decimalsOf(learners: readonly NamedLearner[], subject: string): number {
  const values = learners.flatMap(({ results }) => results.filter((each) => each.subject === subject))
  return values.every(({ value }) => Number.isInteger(value)) ? 0 : 2
}
