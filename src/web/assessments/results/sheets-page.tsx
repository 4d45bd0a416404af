import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { ClassResults } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { read } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'
import css from './results.module.css'
import { SheetBody } from './sheet.tsx'
import { sheetTitle } from './sheet-words.ts'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  return read(context, `/results/classes/${encodeURIComponent(params.id!)}`, ClassResults)
}

/** A page for every child and test of a class, to be printed and handed out: what is preliminary stays in the school. */
export default function SheetsPage() {
  const { class: own, learners } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t, to, year, locale } = language
  const pages = learners.flatMap((learner) =>
    learner.sheets.filter(({ isOfficial }) => isOfficial).map((sheet) => ({ learner, sheet })),
  )
  return (
    <div className={`wrap ${css.pages}`}>
      <title>{`${t('results.print')}: ${own.name} – ${t('shell.product')}`}</title>
      <header className="no-print stack">
        <p>
          <a href={to('classResults', { id: own.id })}>{t('results.classTitle', { name: own.name })}</a>
        </p>
        <h1>{t('results.print')}</h1>
        <p>
          <a className="button" href={`/api/v1/results/classes/${own.id}/sheets.pdf?language=${locale}`}>
            {t('results.pdfAll')}
          </a>
        </p>
        <p className="note">{t('results.audited')}</p>
      </header>
      {pages.length === 0 && <p>{t('results.sheetsNone')}</p>}
      {pages.map(({ learner, sheet }) => (
        <article key={learner.id + sheet.round} className={css.sheet}>
          <h2>
            {learner.name ?? t('results.unnamed', { code: learner.code })}. {sheetTitle(language, sheet)}
          </h2>
          <p>
            {t('results.grade', { grade: sheet.grade })}, {year(sheet.schoolYear).replace(/\.$/, '')}.{' '}
            {t('results.noInfluence')}
          </p>
          <SheetBody sheet={sheet} isFamily={false} />
        </article>
      ))}
    </div>
  )
}
