import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { OwnLearner } from '#modules/registry/model.ts'
import { mustBeSignedIn } from '../access/must-be-signed-in.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { notFound, read } from '../read.ts'
import { useLanguage } from '../text/language.ts'

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { mandate } = mustBeSignedIn(context, request)
  if (!mandate?.learnerId) throw notFound()
  return read(context, `/learners/${mandate.learnerId}`, OwnLearner)
}

/** Own results, for a learner or a parent. The address names nobody: whose they are stands in the mandate. */
export default function OwnLearnerPage() {
  const learner = useLoaderData<typeof loader>()
  const { t, to, name, number, year } = useLanguage()
  const { school, schoolYear, className, grade, results } = learner
  const where = [
    school && name(school.name),
    className ?? (grade === null ? null : t('learners.grade', { grade })),
    schoolYear && year(schoolYear),
  ].filter(Boolean)
  return (
    <Page
      title={t('ownLearner.title')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
      lead={[learner.name, ...where].filter(Boolean).join(', ')}
    >
      <Section className="stack">
        {results.length === 0 ? (
          <p>{t('ownLearner.none')}</p>
        ) : (
          <WideTable label={t('ownLearner.title')}>
            <thead>
              <tr>
                <th scope="col">{t('ownLearner.test')}</th>
                <th scope="col" className="n">
                  {t('ownLearner.points')}
                </th>
                <th scope="col" className="n">
                  {t('ownLearner.most')}
                </th>
                <th scope="col">{t('ownLearner.status')}</th>
              </tr>
            </thead>
            <tbody>
              {results.map((result) => (
                <tr key={result.subject + result.assessment.lv}>
                  <th scope="row">{name(result.assessment)}</th>
                  <td className="n">{number(result.value, Number.isInteger(result.value) ? 0 : 2)}</td>
                  <td className="n">{number(result.maximum, Number.isInteger(result.maximum) ? 0 : 2)}</td>
                  <td>{t(`ownLearner.statuses.${result.status}`)}</td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
        <p className="note">{t('ownLearner.recorded')}</p>
      </Section>
      <Section title={t('ownLearner.rights')}>
        <ul className="bullets">
          <li>
            <a href={to('looks')}>{t('looks.title')}</a>
          </li>
          <li>
            <a href={to('held')}>{t('ownLearner.held')}</a>
          </li>
          <li>{t('ownLearner.wrong')}</li>
          <li>
            {t('ownLearner.id')} <code>{learner.id}</code>
          </li>
        </ul>
      </Section>
    </Page>
  )
}
