import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Look } from '#modules/access/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { Pager } from '../parts/pager.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { mustBeSignedIn } from './must-be-signed-in.ts'

const Looks = z.object({ items: z.array(Look), next: z.string().nullable() })

export async function loader({ context, request }: LoaderFunctionArgs) {
  mustBeSignedIn(context, request)
  const cursor = new URL(request.url).searchParams.get('from')
  return { ...(await read(context, `/looks?${query({ cursor })}`, Looks)), first: cursor === null }
}

const known = [
  'read_learners',
  'read_session',
  'print_codes',
  'say_participation',
  'ask_second_look',
  'read_own_learner',
  'read_held',
  'read_results',
  'read_class_figures',
  'ask_support',
  'withdraw_support',
  'read_support',
  'tell_levels',
  'search_audit',
  'record_objection',
  'withdraw_objection',
] as const

/** Who has looked at the own child or oneself: when, in which capacity, of which institution. */
export default function LooksPage() {
  const { items, next, first } = useLoaderData<typeof loader>()
  const { t, to, instant, name } = useLanguage()
  return (
    <Page
      title={t('looks.title')}
      lead={t('looks.lead')}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('ownLearner.title'), to: to('ownLearner') },
      ]}
    >
      <Section className="stack">
        {items.length === 0 ? (
          <p>{t('looks.empty')}</p>
        ) : (
          <WideTable label={t('looks.title')}>
            <thead>
              <tr>
                <th scope="col">{t('audit.at')}</th>
                <th scope="col">{t('looks.who')}</th>
                <th scope="col">{t('looks.place')}</th>
                <th scope="col">{t('looks.what')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((look) => (
                <tr key={look.at + look.action + look.tier}>
                  <td>{instant(look.at)}</td>
                  <td>
                    {t(`tier.${look.tier as 'school'}`, { defaultValue: look.tier })}
                    {look.self && ` (${t('looks.self')})`}
                  </td>
                  <td>{look.place ? name(look.place) : '–'}</td>
                  <td>{actionWords(t, look.action)}</td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
        <Pager first={first ? null : to('looks')} next={next && `${to('looks')}?${query({ from: next })}`} />
        {items.length > 0 && (
          <p className="no-print">
            <a href="/api/v1/looks.csv">{t('audit.csv')}</a>
          </p>
        )}
        <p className="note">{t('looks.person')}</p>
      </Section>
    </Page>
  )
}

function actionWords(t: ReturnType<typeof useLanguage>['t'], action: string): string {
  const found = known.find((each) => each === action)
  return found ? t(`looks.actions.${found}`) : action
}
