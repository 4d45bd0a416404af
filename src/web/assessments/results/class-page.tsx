import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { ClassResults, ItemMapRow } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { portalContext } from '../../context.ts'
import { Page, Section } from '../../parts/page.tsx'
import { query } from '../../query.ts'
import { read, refusal } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { HeatTable } from './heat-table.tsx'
import { ItemMap } from './item-map.tsx'
import { NeedsList } from './needs-list.tsx'
import { askOrUndo } from './support-action.ts'

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { mandate } = mustBeSignedIn(context, request)
  const id = encodeURIComponent(params.id!)
  const results = await read(context, `/results/classes/${id}`, ClassResults)
  const withItems = results.tests.filter(({ strands }) => strands.length > 0)
  const maps = await Promise.all(
    withItems.map(async (test) => ({
      test,
      items: (
        await read(
          context,
          `/results/items?${query({ round: test.round, class: results.class.id })}`,
          z.object({ items: z.array(ItemMapRow) }),
        )
      ).items,
    })),
  )
  return {
    ...results,
    isHead: mandate?.tier === 'school',
    maps: maps.filter(({ items }) => items.length > 0),
  }
}

/** Receives the buttons of the page: a plan of support is asked for, or that is taken back. */
export async function action({ context, request, params }: ActionFunctionArgs) {
  const answer = await askOrUndo(context.get(portalContext).api, await request.formData())
  if (!answer.ok && answer.status !== 404) throw await refusal(answer)
  const { to } = languages[localeOf(new URL(request.url).pathname)]
  return redirect(`${to('classResults', { id: params.id! })}#needs`, 303)
}

/** A class: pupils by strands, who may need support and why, item by item. By name, never in order of results. */
export default function ClassPage() {
  const { class: own, school, tests, learners, maps, isHead } = useLoaderData<typeof loader>()
  const { t, to, name, year } = useLanguage()
  return (
    <Page
      title={t('results.classTitle', { name: own.name })}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: name(school.name), to: to('school', { id: school.id }) },
      ]}
      lead={t('results.classLead')}
      facts={
        <>
          <span>{year(own.schoolYear)}</span>
          <span>
            <a href={to('class', { id: own.id })}>{t('classes.open')}</a>
          </span>
        </>
      }
    >
      {tests.length === 0 ? (
        <Section className="stack">
          <p>{t(learners.length === 0 ? 'results.classNone' : 'results.classEmpty')}</p>
          <p className="note">{t('results.audited')}</p>
        </Section>
      ) : (
        <>
          <Section className="stack">
            <HeatTable tests={tests} learners={learners} />
            <p className="no-print">
              <a href={to('classSheets', { id: own.id })}>{t('results.print')}</a>
              {isHead && (
                <>
                  {' · '}
                  <a href={`${to('secondLooks')}?${query({ class: own.id })}`}>
                    {t('marking.lookAgain.again')}
                  </a>
                </>
              )}
            </p>
            <p className="note">{t('results.audited')}</p>
          </Section>
          <NeedsList tests={tests} learners={learners} />
          <Section title={t('results.itemMap')} id="items" className="stack">
            {maps.length === 0 && <p>{t('results.itemNone')}</p>}
            {maps.map(({ test, items }) => (
              <ItemMap key={test.round} title={name(test.name)} items={items} of="class" />
            ))}
          </Section>
        </>
      )}
    </Page>
  )
}
