import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { OwnLooks, OwnResults } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page } from '../../parts/page.tsx'
import { query } from '../../query.ts'
import { notFound, read, refusal } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { OwnLooksSection } from '../marking/own-looks.tsx'
import { said, send } from '../marking/send.ts'
import css from './results.module.css'
import { SheetBody } from './sheet.tsx'
import { sheetTitle } from './sheet-words.ts'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { mandate } = mustBeSignedIn(context, request)
  if (!mandate?.learnerId) throw notFound()
  const { learner, sheets } = await read(context, '/results/own', OwnResults)
  const sheet = sheets.find(({ round }) => round === params.round)
  if (!sheet) throw notFound()
  const looks = await read(context, `/marking/second-looks/own?${query({ round: sheet.round })}`, OwnLooks)
  return { learner, sheet, looks, isRefused: new URL(request.url).searchParams.has('refused') }
}

/** Receives the one form of the page: the school is asked to have the result looked at again. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData()
  const round = params.round!
  const answer = await send(context, '/second-looks/own', form, { round, reason: said(form, 'reason') })
  const page = languages[localeOf(new URL(request.url).pathname)].to('ownResult', { round })
  if (answer.status === 409 || answer.status === 400) return redirect(`${page}?refused#looks`, 303)
  if (!answer.ok) throw await refusal(answer)
  return redirect(`${page}#looks`, 303)
}

/** One result of the own child, on one page. The address names the test and nobody. */
export default function OwnResultPage() {
  const { learner, sheet, looks, isRefused } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t, to, year, day, locale, name } = language
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
        <OwnLooksSection own={looks} name={name(sheet.name)} isRefused={isRefused} />
      </Page>
    </div>
  )
}
