import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { ObservedChild, ObservedGroup } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { portalContext } from '../../context.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { query } from '../../query.ts'
import { notFound, read, refusal } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'
import { monthOf } from './month-of.ts'
import css from './observation.module.css'

const Groups = z.object({ items: z.array(ObservedGroup) })
const Children = z.object({ items: z.array(ObservedChild) })

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const me = mustBeSignedIn(context, request)
  const { searchParams } = new URL(request.url)
  const label = searchParams.get('label') ?? ''
  const { items: groups } = await read(context, '/observations', Groups)
  const group = groups.find(
    (each) => each.place.id === params.id && String(each.schoolYear) === params.year && each.label === label,
  )
  if (!group) throw notFound()
  const asked = query({ place: group.place.id, year: group.schoolYear, label })
  const { items } = await read(context, `/observations/children?${asked}`, Children)
  return { group, children: items, csrf: me.csrf ?? '', isRefused: searchParams.has('refused') }
}

/** Receives the one form of a row: the child is away, or there after all. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = (name: string) => String(form.get(name) ?? '')
  const child = encodeURIComponent(said('child'))
  const answer = await context.get(portalContext).api(`/observations/children/${child}/absence`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': said('csrf') },
    body: JSON.stringify({ year: Number(params.year), absent: said('absent') === '1' }),
  })
  const { pathname, searchParams } = new URL(request.url)
  const back = `${pathname}?${query({ label: searchParams.get('label') ?? '' })}`
  if (answer.status === 409) return redirect(`${back}&refused`, 303)
  if (!answer.ok) throw await refusal(answer)
  return redirect(back, 303)
}

/** Children of a group, with how far the observation of each is. */
export default function GroupPage() {
  const { group, children, csrf, isRefused } = useLoaderData<typeof loader>()
  const { t, to, name, year, dayOfInstant } = useLanguage()
  const { place, label, schoolYear } = group
  const page = `${to('observedGroup', { id: place.id, year: schoolYear })}?${query({ label })}`
  return (
    <Page
      title={label || name(place.name)}
      lead={t('observation.groupLead', {
        place: name(place.name),
        year: year(schoolYear),
        day: dayOfInstant(group.closesAt),
      })}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('observation.title'), to: to('observations') },
      ]}
    >
      <Section className="stack">
        {isRefused && (
          <p role="alert" className="note">
            {t('observation.refused')}
          </p>
        )}
        <WideTable label={t('observation.child')}>
          <thead>
            <tr>
              <th scope="col">{t('observation.child')}</th>
              <th scope="col">{t('observation.born')}</th>
              <th scope="col">{t('observation.stands')}</th>
              <th scope="col">
                <span className="hidden">{t('observation.isAbsent')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {children.map((child) => {
              const called = child.name ?? t('observation.nameless')
              return (
                <tr key={child.id}>
                  <th scope="row">
                    <a className={css.child} href={to('observedChild', { id: child.id, year: schoolYear })}>
                      {called}
                    </a>
                  </th>
                  <td>{child.born ? monthOf(child.born) : '–'}</td>
                  <td>
                    {child.isAbsent
                      ? t('observation.absent')
                      : child.isDone
                        ? t('observation.done')
                        : child.seen > 0
                          ? t('observation.begun', { seen: child.seen, of: child.of })
                          : t('observation.notBegun')}
                  </td>
                  <td className="n">
                    {child.seen === 0 && (
                      <form method="post" action={page}>
                        <input type="hidden" name="csrf" value={csrf} />
                        <input type="hidden" name="child" value={child.id} />
                        <button
                          type="submit"
                          name="absent"
                          value={child.isAbsent ? '0' : '1'}
                          className="button quiet"
                          aria-label={t(child.isAbsent ? 'observation.thereOf' : 'observation.awayOf', {
                            name: called,
                          })}
                        >
                          {t(child.isAbsent ? 'observation.isThere' : 'observation.isAbsent')}
                        </button>
                      </form>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </WideTable>
        <p className="note">{t('observation.recorded')}</p>
      </Section>
    </Page>
  )
}
