import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Observation, Rubric } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { portalContext } from '../../context.ts'
import { Page } from '../../parts/page.tsx'
import { query } from '../../query.ts'
import { read, refusal } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'
import { monthOf } from './month-of.ts'
import css from './observation.module.css'
import { StatementForm } from './statement-form.tsx'

/** Keeps a tap without drawing the page anew; without it every tap is a form. */
const ISLAND = '/islands/observation.js'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const me = mustBeSignedIn(context, request)
  const path = `/observations/children/${encodeURIComponent(params.id!)}`
  const child = await read(context, `${path}?${query({ year: params.year! })}`, Observation)
  const rubric = await read(context, '/observations/rubric', Rubric)
  const { searchParams } = new URL(request.url)
  return { child, rubric, csrf: me.csrf ?? '', isRefused: searchParams.has('refused') }
}

/** Receives a tap, or takes the last one back; then on to the statement that is next. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = (name: string) => String(form.get(name) ?? '')
  const statement = said('statement')
  const step = Number(said('step'))
  const path = `/observations/children/${encodeURIComponent(params.id!)}`
  const year = Number(params.year)
  const answer = await context.get(portalContext).api(statement ? path : `${path}/undo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': said('csrf') },
    body: JSON.stringify(statement ? { year, statement, step: step > 0 ? step : null } : { year }),
  })
  const { pathname } = new URL(request.url)
  if (answer.status === 409) return redirect(`${pathname}?refused`, 303)
  if (!answer.ok) throw await refusal(answer)
  const back = (await answer.json()) as { statement: string }
  return redirect(`${pathname}#${statement ? said('next') : back.statement}`, 303)
}

/** One child on a tablet: every statement with its three steps, one tap each. */
export default function ChildPage() {
  const { child, rubric, csrf, isRefused } = useLoaderData<typeof loader>()
  const { t, to, name } = useLanguage()
  const page = to('observedChild', { id: child.id, year: child.schoolYear })
  const group = `${to('observedGroup', { id: child.place.id, year: child.schoolYear })}?${query({ label: child.label })}`
  const asked = rubric.statements.filter(({ domain }) => child.domains.includes(domain))
  const seen = asked.filter(({ id }) => id in child.steps).length
  return (
    <Page
      title={child.name ?? t('observation.nameless')}
      facts={
        child.born && (
          <span>
            {t('observation.born')}: <b>{monthOf(child.born)}</b>
          </span>
        )
      }
      lead={t('observation.childLead', { place: name(child.place.name), label: child.label })}
      crumbs={[
        { name: t('observation.title'), to: to('observations') },
        { name: child.label || name(child.place.name), to: group },
      ]}
    >
      {isRefused && (
        <p role="alert" className="note">
          {t('observation.refused')}
        </p>
      )}
      {child.isAbsent && <p className="note">{t('observation.away')}</p>}
      <div
        data-island="observation"
        data-child={child.id}
        data-year={child.schoolYear}
        data-csrf={csrf}
        data-of={asked.length}
        data-seen={t('observation.seenOf', { seen: '{seen}', of: asked.length })}
        data-all={t('observation.allSeen')}
        data-lost={t('observation.notKept')}
      >
        {rubric.domains
          .filter(({ domain }) => child.domains.includes(domain))
          .map(({ domain, name: domainName }) => (
            <section key={domain} className="section">
              <header>
                <h2>{name(domainName)}</h2>
              </header>
              <ol className={css.statements}>
                {asked
                  .filter((each) => each.domain === domain)
                  .map((statement) => (
                    <StatementForm
                      key={statement.id}
                      page={page}
                      csrf={csrf}
                      statement={statement}
                      steps={rubric.steps}
                      chosen={child.steps[statement.id]}
                      next={asked[asked.indexOf(statement) + 1]?.id ?? 'bar'}
                    />
                  ))}
              </ol>
            </section>
          ))}
        <form method="post" action={page} className={`${css.bar} no-print`} id="bar">
          <input type="hidden" name="csrf" value={csrf} />
          <p role="status" className={css.standing}>
            {seen === asked.length
              ? t('observation.allSeen')
              : t('observation.seenOf', { seen, of: asked.length })}
          </p>
          <button type="submit" className="button quiet" data-undo disabled={seen === 0}>
            {t('observation.undo')}
          </button>
          <a className="button" href={group}>
            {t('observation.back')}
          </a>
        </form>
      </div>
      <script type="module" src={ISLAND} async />
    </Page>
  )
}
