import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { OwnGroup } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { query } from '../../query.ts'
import { read } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  return (await read(context, '/observations/groups', z.object({ items: z.array(OwnGroup) }))).items
}

/** Preschool groups of a head or a teacher: how many children were observed. */
export default function OwnGroupsPage() {
  const groups = useLoaderData<typeof loader>()
  const { t, to, name, count, year } = useLanguage()
  return (
    <Page
      title={t('observation.ownGroups')}
      lead={t('observation.ownGroupsLead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      <Section>
        {groups.length === 0 ? (
          <p>{t('observation.noOwnGroups')}</p>
        ) : (
          <WideTable label={t('observation.ownGroups')}>
            <thead>
              <tr>
                <th scope="col">{t('observation.group')}</th>
                <th scope="col">{t('observation.place')}</th>
                {(['childrenOf', 'doneOf', 'absentOf', 'exemptOf'] as const).map((what) => (
                  <th key={what} scope="col" className="n">
                    {t(`observation.${what}`)}
                  </th>
                ))}
                <th scope="col">{t('observation.toldOf')}</th>
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <tr key={`${group.place.id} ${group.schoolYear} ${group.label}`}>
                  <th scope="row">
                    <a
                      href={`${to('preschoolGroup', { id: group.place.id, year: group.schoolYear })}?${query({ label: group.label })}`}
                    >
                      {group.label || t('observation.noLabel')}
                    </a>
                  </th>
                  <td>
                    {name(group.place.name)}, {year(group.schoolYear)}
                  </td>
                  <td className="n">{count(group.children)}</td>
                  <td className="n">{count(group.done)}</td>
                  <td className="n">{count(group.absent)}</td>
                  <td className="n">{count(group.exempt)}</td>
                  <td>{t(group.isTold ? 'observation.isTold' : 'observation.notTold')}</td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
      </Section>
    </Page>
  )
}
