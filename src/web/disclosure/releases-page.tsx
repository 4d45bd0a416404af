import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { ReleaseSummary } from '#modules/publications/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { changeInWords, hiddenIn } from './release-words.ts'

const Releases = z.object({ items: z.array(ReleaseSummary) })

export async function loader({ context }: LoaderFunctionArgs) {
  return (await read(context, '/releases', Releases)).items
}

/** Every release there was, newest first: what each tells, what it does not, and what changed. */
export default function ReleasesPage() {
  const releases = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t, to, count, dayOfInstant } = language
  return (
    <Page title={t('releases.title')} lead={t('releases.lead')}>
      <Section>
        {releases.length === 0 ? (
          <p>{t('releases.empty')}</p>
        ) : (
          <WideTable label={t('releases.title')}>
            <thead>
              <tr>
                <th scope="col">{t('releases.number')}</th>
                <th scope="col">{t('releases.made')}</th>
                <th scope="col" className="n">
                  {t('releases.told')}
                </th>
                <th scope="col" className="n">
                  {t('releases.absent')}
                </th>
                <th scope="col">{t('releases.change')}</th>
              </tr>
            </thead>
            <tbody>
              {releases.map((release) => (
                <tr key={release.number}>
                  <th scope="row">
                    <a href={to('release', { number: release.number })}>{release.number}</a>{' '}
                    {release.inForce && <span className="tag new">{t('releases.inForce')}</span>}
                  </th>
                  <td>{dayOfInstant(release.madeAt)}</td>
                  <td className="n">{count(release.told)}</td>
                  <td className="n">{count(hiddenIn(release))}</td>
                  <td>{changeInWords(language, release)}</td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
      </Section>
      <Section title={t('releases.numbers')}>
        <div className="stack">
          <p>{t('releases.numbersHow')}</p>
          <p>
            <a href={to('rules')}>{t('rules.title')}</a>
          </p>
        </div>
      </Section>
    </Page>
  )
}
