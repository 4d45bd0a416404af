import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Classifier } from '#modules/registry/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import css from './classifiers.module.css'
import { help } from './help.ts'
import prose from './prose-page.module.css'

const Classifiers = z.object({ items: z.array(Classifier) })

export async function loader({ context }: LoaderFunctionArgs) {
  return (await read(context, '/classifiers', Classifiers)).items
}

/** What the codes of the registers mean, list by list. */
export default function ClassifiersPage() {
  const classifiers = useLoaderData<typeof loader>()
  const { t, to, name, locale } = useLanguage()
  const titleOf = ({ title, name: code }: Classifier) => (title ? name(title) : code)
  return (
    <Page
      title={t('classifiers.title')}
      lead={t('classifiers.lead')}
      crumbs={[{ name: help[locale].title, to: to('help') }]}
    >
      <div className={prose.columns}>
        <nav className={`${prose.contents} no-print`} aria-label={t('help.contents')}>
          <ul>
            {classifiers.map((each) => (
              <li key={each.name}>
                <a href={`#${each.name}`}>{titleOf(each)}</a>
              </li>
            ))}
          </ul>
        </nav>
        <div>
          {classifiers.map((each) => (
            <Section key={each.name} id={each.name} title={titleOf(each)}>
              {each.usedIn.length > 0 && (
                <p className={css.used}>
                  {t('classifiers.usedIn')} <code>{each.usedIn.join(', ')}</code>
                </p>
              )}
              <Entries classifier={each} title={titleOf(each)} />
            </Section>
          ))}
          <Section title={t('classifiers.newer')} id="newer" className="stack">
            <p>{t('classifiers.newerHow')}</p>
            <p>
              <a href="/api/v1/classifiers">{t('classifiers.json')}</a>
            </p>
          </Section>
        </div>
      </div>
    </Page>
  )
}

function Entries({ classifier: { entries }, title }: { classifier: Classifier; title: string }) {
  const { t, name, day } = useLanguage()
  const isDated = entries.some(({ from, until }) => from !== null || until !== null)
  const known = new Map(entries.map((each) => [each.code, each]))
  return (
    <WideTable label={title}>
      <thead>
        <tr>
          <th scope="col" className={css.code}>
            {t('classifiers.code')}
          </th>
          <th scope="col">{t('classifiers.meaning')}</th>
          {isDated && <th scope="col">{t('classifiers.holds')}</th>}
        </tr>
      </thead>
      <tbody>
        {entries.map(({ code, label, parentCode, from, until }) => {
          const parent = parentCode === null ? undefined : known.get(parentCode)
          return (
            <tr key={code}>
              <th scope="row" className={css.code}>
                <code>{code}</code>
              </th>
              <td>
                {name(label)}
                {parent && <span className={css.parent}> · {name(parent.label)}</span>}
              </td>
              {isDated && (
                <td>
                  {[
                    from && t('classifiers.from', { day: day(from) }),
                    until && t('classifiers.until', { day: day(until) }),
                  ]
                    .filter(Boolean)
                    .join(', ')}
                </td>
              )}
            </tr>
          )
        })}
      </tbody>
    </WideTable>
  )
}
