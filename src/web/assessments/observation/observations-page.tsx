import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Assessor, ObservedGroup, PreschoolGroup } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { portalContext } from '../../context.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { query } from '../../query.ts'
import { read, refusal } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { readBench } from '../bench.ts'
import { Assignments } from './assignments.tsx'

const Groups = z.object({ items: z.array(ObservedGroup) })
const Assessors = z.object({
  schoolYear: z.number(),
  items: z.array(Assessor),
  groups: z.array(PreschoolGroup),
})

export async function loader({ context, request }: LoaderFunctionArgs) {
  const me = mustBeSignedIn(context, request)
  const { duties } = await readBench(context)
  return {
    csrf: me.csrf ?? '',
    groups: duties.includes('assessor') ? (await read(context, '/observations', Groups)).items : null,
    assessors: duties.includes('coordinator')
      ? await read(context, '/observations/assessors', Assessors)
      : null,
    isRefused: new URL(request.url).searchParams.has('refused'),
  }
}

/** Receives the forms of a coordinator: assign a group, end an assignment. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = (name: string) => String(form.get(name) ?? '')
  const ended = said('end')
  const [place = '', label = ''] = said('group').split('|')
  const { api } = context.get(portalContext)
  const headers = { 'content-type': 'application/json', 'x-csrf': said('csrf') }
  const answer = ended
    ? await api(`/observations/assignments/${encodeURIComponent(ended)}`, { method: 'DELETE', headers })
    : await api('/observations/assignments', {
        method: 'POST',
        headers,
        body: JSON.stringify({
          assessor: said('assessor'),
          place,
          year: Number(said('year')),
          label: label || null,
        }),
      })
  const page = languages[localeOf(new URL(request.url).pathname)].to('observations')
  if (answer.status === 409) return redirect(`${page}?refused#assign`, 303)
  if (!answer.ok) throw await refusal(answer)
  return redirect(`${page}#assign`, 303)
}

/** Groups an assessor observes; for a coordinator, who observes where. */
export default function ObservationsPage() {
  const { csrf, groups, assessors, isRefused } = useLoaderData<typeof loader>()
  const { t, to, name, count, year, dayOfInstant } = useLanguage()
  return (
    <Page
      title={t('observation.title')}
      lead={groups ? t('observation.lead') : undefined}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      {groups && (
        <Section>
          {groups.length === 0 ? (
            <p>{t('observation.noGroups')}</p>
          ) : (
            <WideTable label={t('observation.title')}>
              <thead>
                <tr>
                  <th scope="col">{t('observation.group')}</th>
                  <th scope="col">{t('observation.place')}</th>
                  <th scope="col">{t('observation.progress')}</th>
                  <th scope="col">{t('observation.until')}</th>
                </tr>
              </thead>
              <tbody>
                {groups.map(({ place, label, schoolYear, done, absent, children, closesAt }) => (
                  <tr key={`${place.id} ${schoolYear} ${label}`}>
                    <th scope="row">
                      <a
                        href={`${to('observedGroup', { id: place.id, year: schoolYear })}?${query({ label })}`}
                      >
                        {label || t('observation.noLabel')}
                      </a>
                    </th>
                    <td>
                      {name(place.name)}, {year(schoolYear)}
                    </td>
                    <td>
                      {t('observation.ofChildren', { done: count(done), of: count(children - absent) })}
                    </td>
                    <td>{dayOfInstant(closesAt)}</td>
                  </tr>
                ))}
              </tbody>
            </WideTable>
          )}
        </Section>
      )}
      {assessors && <Assignments {...assessors} csrf={csrf} isRefused={isRefused} />}
    </Page>
  )
}
