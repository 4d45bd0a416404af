import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { OwnResults } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page } from '../../parts/page.tsx'
import { query } from '../../query.ts'
import { notFound, read } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'
import css from './results.module.css'
import { SheetBody } from './sheet.tsx'
import { sheetTitle } from './sheet-words.ts'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { mandate } = mustBeSignedIn(context, request)
  if (!mandate?.learnerId) throw notFound()
  const { learner, sheets } = await read(context, '/results/own', OwnResults)
  const sheet = sheets.find(({ round }) => round === params.round)
  if (!sheet) throw notFound()
  return { learner, sheet }
}

/** One result of the own child, on one page. The address names the test and nobody. */
export default function OwnResultPage() {
  const { learner, sheet } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t, to, year, day, locale } = language
  const title = sheetTitle(language, sheet)
  const about = [
    learner.name,
    t('results.grade', { grade: sheet.grade }),
    sheet.heldOn ? day(sheet.heldOn) : year(sheet.schoolYear),
  ]
  return (
    <div className={css.sheet}>
      <Page
        title={title}
        crumbs={[
          { name: t('nav.myWork'), to: to('myWork') },
          { name: t('results.title'), to: to('results') },
        ]}
        lead={`${about.filter(Boolean).join(', ').replace(/\.$/, '')}. ${t('results.noInfluence')}`}
        facts={
          <>
            <a className="no-print" href={`/api/v1/results/own/${sheet.round}/report.pdf?language=${locale}`}>
              {t('results.pdf')}
            </a>
            <a
              className="no-print"
              href={`${to('levels')}?${query({ grade: sheet.grade, domain: sheet.domain })}`}
            >
              {t('levels.title')}
            </a>
          </>
        }
      >
        <SheetBody sheet={sheet} isFamily />
      </Page>
    </div>
  )
}
