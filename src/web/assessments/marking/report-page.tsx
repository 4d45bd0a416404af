import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { type ControlAnswer, MarkingReport } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { usePortal } from '../../portal.ts'
import { read, refusal } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { ItemTable, MarkerTable, SuggestionTable } from './agreement-tables.tsx'
import { DriftChart } from './drift-chart.tsx'
import css from './marking.module.css'
import { said, send } from './send.ts'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  return {
    report: await read(context, `/marking/rounds/${encodeURIComponent(params.id!)}/report`, MarkingReport),
    hasChanged: new URL(request.url).searchParams.has('changed'),
  }
}

/** Receives the forms of the page: mark again, choose or drop a control. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData()
  const round = `/rounds/${encodeURIComponent(params.id!)}`
  const answer =
    said(form, 'what') === 'again'
      ? await send(context, `${round}/again`, form, {
          marker: said(form, 'marker'),
          item: said(form, 'item') || null,
          reason: said(form, 'reason'),
        })
      : await send(context, `${round}/controls`, form, {
          task: said(form, 'task'),
          isControl: said(form, 'what') === 'control',
        })
  const page = languages[localeOf(new URL(request.url).pathname)].to('markingReport', { id: params.id! })
  if (answer.status === 409) return redirect(`${page}?changed`, 303)
  if (!answer.ok) throw await refusal(answer)
  return redirect(page, 303)
}

/** How far markers agree, with each other, with controls and over time; what to do about it. */
export default function ReportPage() {
  const { report, hasChanged } = useLoaderData<typeof loader>()
  const { round, items, markers, suggestions, controls, decisions } = report
  const { t, to, count, dayOfInstant, name } = useLanguage()
  return (
    <Page
      title={t('marking.reportTitle', { round: name(round.name) })}
      lead={t('marking.reportLead')}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('marking.title'), to: to('marking') },
      ]}
    >
      {hasChanged && (
        <p className={`note ${css.told}`} role="status">
          {t('marking.changedMeanwhile')}
        </p>
      )}
      <Section title={t('marking.byItem')}>
        <p className="small">{t('marking.kappaAim')}</p>
        {items.length === 0 ? <p>{t('marking.noPairs')}</p> : <ItemTable items={items} />}
      </Section>
      {markers.length > 0 && (
        <Section title={t('marking.byMarker')}>
          <MarkerTable markers={markers} />
        </Section>
      )}
      {markers.some(({ drift }) => drift.steps.length > 0) && (
        <Section title={t('marking.drift')}>
          <p className="small">{t('marking.driftLead')}</p>
          <div className={css.drifts}>
            {markers.map((marker) => (
              <DriftChart key={marker.id} marker={marker} />
            ))}
          </div>
        </Section>
      )}
      {markers.length > 0 && round.state === 'closed' && (
        <Section title={t('marking.decide')}>
          <p>{t('marking.decideLead')}</p>
          <Decide report={report} />
        </Section>
      )}
      {decisions.length > 0 && (
        <Section title={t('marking.decisions')}>
          <ul className="bullets">
            {decisions.map((each) => (
              <li key={`${each.decidedAt} ${each.marker}`}>
                {t('marking.decision', {
                  day: dayOfInstant(each.decidedAt),
                  by: each.decidedBy ?? '–',
                  marks: count(each.marks),
                  who: each.marker ?? '–',
                  item: each.item ?? t('marking.allItems'),
                  reason: each.reason,
                })}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {suggestions.length > 0 && (
        <Section title={t('marking.suggestions')}>
          <p className="small">{t('marking.suggestionsLead')}</p>
          <SuggestionTable records={suggestions} />
        </Section>
      )}
      {controls.length > 0 && (
        <Section title={t('marking.controls')}>
          <p className="small">{t('marking.controlsLead')}</p>
          <Controls answers={controls} />
        </Section>
      )}
    </Page>
  )
}

function Decide({ report: { markers, round } }: { report: MarkingReport }) {
  const { t } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  return (
    <form method="post" className={`${css.fields} no-print`}>
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="what" value="again" />
      <label>
        {t('marking.marker')}
        <select name="marker">
          {markers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name ?? '–'}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('marking.item')}
        <select name="item">
          <option value="">{t('marking.allItems')}</option>
          {round.items.map(({ code }) => (
            <option key={code} value={code}>
              {code}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('marking.reason')}
        <textarea name="reason" rows={2} maxLength={2000} required />
      </label>
      <button type="submit" className="button">
        {t('marking.decideDo')}
      </button>
    </form>
  )
}

function Controls({ answers }: { answers: readonly ControlAnswer[] }) {
  const { t, count } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  return (
    <WideTable label={t('marking.controls')}>
      <thead>
        <tr>
          <th scope="col">{t('marking.item')}</th>
          <th scope="col">{t('marking.text')}</th>
          <th scope="col" className="n">
            {t('marking.points')}
          </th>
          <th scope="col" className="n">
            {t('marking.seenBy')}
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {answers.map((each) => (
          <tr key={each.id}>
            <th scope="row" className={css.nowrap}>
              {each.item}
            </th>
            <td className={css.text}>
              {each.isControl && <span className="tag">{t('marking.isControl')}</span>} {each.text}
            </td>
            <td className="n">{count(each.points)}</td>
            <td className="n">{each.isControl ? count(each.marks) : '–'}</td>
            <td>
              <form method="post">
                <input type="hidden" name="csrf" value={csrf} />
                <input type="hidden" name="what" value={each.isControl ? 'drop' : 'control'} />
                <input type="hidden" name="task" value={each.id} />
                <button type="submit" className="button quiet">
                  {each.isControl ? t('marking.dropControl') : t('marking.makeControl')}
                </button>
              </form>
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
