import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { GroupProfile, OwnGroup } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { query } from '../../query.ts'
import { notFound, read } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'
import css from './observation.module.css'
import { StatementList } from './statement-list.tsx'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const label = new URL(request.url).searchParams.get('label') ?? ''
  const groups = await read(context, '/observations/groups', z.object({ items: z.array(OwnGroup) }))
  const group = groups.items.find(
    (each) => each.place.id === params.id && String(each.schoolYear) === params.year && each.label === label,
  )
  if (!group) throw notFound()
  const asked = query({ year: group.schoolYear, label })
  const { items } = await read(
    context,
    `/observations/groups/${group.place.id}?${asked}`,
    z.object({ items: z.array(GroupProfile) }),
  )
  return { group, children: items }
}

/** What was seen of each child of a group, in words, by name; in print a sheet for each. */
export default function GroupProfilesPage() {
  const { group, children } = useLoaderData<typeof loader>()
  const { t, to, name, year, day } = useLanguage()
  const called = (child: GroupProfile) => child.name ?? t('observation.nameless')
  const seen = children.filter(({ observedOn }) => observedOn !== null)
  return (
    <Page
      title={group.label || name(group.place.name)}
      lead={t('observation.groupProfileLead', {
        place: name(group.place.name),
        year: year(group.schoolYear).replace(/\.$/, ''),
      })}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('observation.ownGroups'), to: to('preschoolGroups') },
      ]}
    >
      <Section title={t('observation.toChild')} className="stack no-print">
        <ul className="bullets">
          {children.map((child) => (
            <li key={child.id}>
              {child.observedOn ? (
                <a href={`#c-${child.id}`}>{called(child)}</a>
              ) : (
                `${called(child)}: ${t(`observation.groupStatus.${child.status}`)}`
              )}
            </li>
          ))}
        </ul>
        <p className="note">{`${t('observation.groupAudited')} ${t('observation.groupPrint')}`}</p>
      </Section>
      {seen.map((child) => (
        <div key={child.id} id={`c-${child.id}`} className={css.sheet}>
          <Section title={called(child)} className="stack">
            <p className="small">{t('observation.groupObserved', { day: day(child.observedOn!) })}</p>
            {child.domains.map((domain) => (
              <div key={domain.domain} className="stack">
                <h3>{name(domain.name)}</h3>
                <StatementList statements={domain.statements} head="h4" />
              </div>
            ))}
          </Section>
        </div>
      ))}
    </Page>
  )
}
