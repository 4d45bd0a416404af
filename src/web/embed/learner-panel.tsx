import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { OwnResults } from '#modules/assessments/model.ts'
import css from '../assessments/results/results.module.css'
import { SheetBody } from '../assessments/results/sheet.tsx'
import { sheetTitle } from '../assessments/results/sheet-words.ts'
import { portalContext } from '../context.ts'
import { Page, Section } from '../parts/page.tsx'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'

export async function loader({ context, params }: LoaderFunctionArgs) {
  const { me } = context.get(portalContext)
  const results = await read(context, `/results/learners/${encodeURIComponent(params.id!)}`, OwnResults)
  return { ...results, isFamily: me.mandate?.learnerId === results.learner.id }
}

/** The official levels of one learner, within another system: a sheet for each test. */
export default function LearnerPanel() {
  const { learner, sheets, isFamily } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t, to, year } = language
  return (
    <Page
      title={learner.name ?? t('embed.learner')}
      facts={<a href={isFamily ? to('results') : to('myWork')}>{t('embed.open')}</a>}
    >
      {sheets.length === 0 && (
        <Section>
          <p>{t('embed.noLevel')}</p>
        </Section>
      )}
      {sheets.map((sheet) => (
        <article key={sheet.round} className={css.sheet}>
          <h2>{sheetTitle(language, sheet)}</h2>
          <p>
            {t('results.grade', { grade: sheet.grade })}, {year(sheet.schoolYear).replace(/\.$/, '')}.{' '}
            {t('results.noInfluence')}
          </p>
          <SheetBody sheet={sheet} isFamily={isFamily} />
        </article>
      ))}
    </Page>
  )
}
