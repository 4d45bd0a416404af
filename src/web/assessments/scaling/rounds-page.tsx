import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { PanelSummary, RoundToScale } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { Page, Section } from '../../parts/page.tsx'
import { WideTable } from '../../parts/wide-table.tsx'
import { read } from '../../read.ts'
import { useLanguage } from '../../text/language.ts'
import { gradeName } from '../bench.ts'
import { PanelList } from './panel-list.tsx'
import { hindranceWords, stateWords } from './words.ts'

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const rounds = await read(context, '/scaling/rounds', z.object({ items: z.array(RoundToScale) }))
  const panels = await read(context, '/scaling/panels', z.object({ items: z.array(PanelSummary) }))
  return { rounds: rounds.items, panels: panels.items }
}

/** Which tests are scaled, which can be, and what keeps the others. */
export default function ScalingRoundsPage() {
  const { rounds, panels } = useLoaderData<typeof loader>()
  const { t, to, name, count, year } = useLanguage()
  return (
    <Page
      title={t('scaling.title')}
      lead={t('scaling.lead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      <Section>
        {rounds.length === 0 ? (
          <p>{t('scaling.none')}</p>
        ) : (
          <WideTable label={t('scaling.title')}>
            <thead>
              <tr>
                <th scope="col">{t('scaling.round')}</th>
                <th scope="col">{t('scaling.domain')}</th>
                <th scope="col">{t('scaling.grade')}</th>
                <th scope="col">{t('scaling.year')}</th>
                <th scope="col">{t('scaling.state')}</th>
                <th scope="col">{t('scaling.run')}</th>
                <th scope="col">{t('scaling.scale')}</th>
                <th scope="col" className="n">
                  {t('scaling.pupils')}
                </th>
                <th scope="col" className="n">
                  {t('scaling.flags')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rounds.map((round) => (
                <tr key={round.code}>
                  <th scope="row">
                    <a href={to('scalingRound', { code: round.code })}>{name(round.name)}</a>
                  </th>
                  <td>{t(`rounds.domains.${round.domain}`)}</td>
                  <td>{gradeName(t, round.grade)}</td>
                  <td>{year(round.schoolYear)}</td>
                  <td>{stateWords(t, round.state)}</td>
                  {round.inForce ? (
                    <>
                      <td>
                        <a href={to('scalingRun', { code: round.code, number: round.inForce.number })}>
                          {t('scaling.number', { number: round.inForce.number })}
                        </a>
                      </td>
                      <td>{t(`scaling.kindShort.${round.inForce.kind!}`)}</td>
                      <td className="n">{count(round.inForce.pupils!)}</td>
                      <td className="n">{count(round.inForce.flags!)}</td>
                    </>
                  ) : (
                    <td colSpan={4}>
                      {round.hindrance ? hindranceWords(t, round.hindrance) : t('scaling.notYet')}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
      </Section>
      <Section title={t('scaling.panels')}>
        <PanelList panels={panels} />
      </Section>
    </Page>
  )
}
