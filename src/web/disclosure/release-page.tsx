import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import type { AttackSummary } from '#modules/disclosure/model.ts'
import { ReleaseDetail } from '#modules/publications/model.ts'
import { absenceSymbol, absenceWords } from '#terms/cell.ts'
import { portalContext } from '../context.ts'
import { readCatalogue } from '../indicators/catalogue.ts'
import { absenceAnchor } from '../parts/absence-anchor.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { read, refusal } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { AttackReport } from './attack-report.tsx'
import css from './release-page.module.css'
import { changeInWords, hiddenIn } from './release-words.ts'

/** Who reads what the attack found; to everybody else the API has no such thing. */
const readers: ReadonlySet<string | undefined> = new Set(['steward', 'protection_officer', 'analyst'])

export async function loader({ context, params }: LoaderFunctionArgs) {
  const path = `/releases/${encodeURIComponent(params.number!)}`
  const [release, catalogue] = await Promise.all([read(context, path, ReleaseDetail), readCatalogue(context)])
  const { api, me } = context.get(portalContext)
  if (!readers.has(me.mandate?.tier)) return { release, catalogue, attack: undefined }
  const answer = await api(`${path}/attack`)
  if (answer.status === 404) return { release, catalogue, attack: null } // made before reports were kept
  if (!answer.ok) throw await refusal(answer)
  return { release, catalogue, attack: (await answer.json()) as AttackSummary }
}

/** One release: what changed, how many figures it tells and why it does not tell the others. */
export default function ReleasePage() {
  const { release, catalogue, attack } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t, to, name, count, share, dayOfInstant } = language
  const all = release.told + hiddenIn(release)
  return (
    <Page
      title={t('releases.one', { number: release.number })}
      crumbs={[{ name: t('releases.title'), to: to('releases') }]}
      facts={
        <>
          <span>{dayOfInstant(release.madeAt)}</span>
          <span>{t(release.inForce ? 'releases.inForceLong' : 'releases.replaced')}</span>
        </>
      }
      lead={
        release.change
          ? `${t('releases.since', { number: release.change.before })} ${changeInWords(language, release)}.`
          : t('releases.firstLong')
      }
    >
      <Section title={t('releases.why')} id="why">
        <p className={css.say}>
          {all === 0
            ? t('releases.noFigures')
            : t('releases.share', {
                all: count(all),
                told: count(release.told),
                share: share(release.told / all, 1),
              })}
        </p>
        {release.absent.length > 0 && (
          <table className={`data ${css.reasons}`}>
            <caption className="hidden">{t('releases.why')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('releases.symbol')}</th>
                <th scope="col">{t('releases.reason')}</th>
                <th scope="col" className="n">
                  {t('releases.figures')}
                </th>
              </tr>
            </thead>
            <tbody>
              {release.absent.map(({ reason, figures }) => (
                <tr key={reason}>
                  <td>
                    <b>{absenceSymbol[reason]}</b>
                  </td>
                  <th scope="row">
                    <a href={`${to('rules')}#${absenceAnchor[reason]}`}>{name(absenceWords[reason])}</a>
                  </th>
                  <td className="n">{count(figures)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Section>
      {release.counts.length > 0 && (
        <Section title={t('releases.byIndicator')} id="by-indicator">
          <WideTable label={t('releases.byIndicator')}>
            <thead>
              <tr>
                <th scope="col">{t('column.indicator')}</th>
                <th scope="col" className="n">
                  {t('releases.told')}
                </th>
                <th scope="col" className="n">
                  {t('releases.absent')}
                </th>
                <th scope="col">{t('releases.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {release.counts.map((line) => {
                const indicator = catalogue.find(({ code }) => code === line.indicator)
                return (
                  <tr key={`${line.indicator} ${line.level}`}>
                    <th scope="row">
                      {indicator ? (
                        <a href={to('indicator', { code: line.indicator })}>{name(indicator.short)}</a>
                      ) : (
                        line.indicator
                      )}
                      <span className={css.level}>{t(`level.${line.level}`)}</span>
                    </th>
                    <td className="n">{count(line.told)}</td>
                    <td className="n">{count(hiddenIn(line))}</td>
                    <td>
                      {line.absent
                        .map(({ reason, figures }) => `${name(absenceWords[reason])}: ${count(figures)}`)
                        .join('; ')}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </WideTable>
        </Section>
      )}
      {attack !== undefined && (
        <Section title={t('attack.title')} id="attack">
          {attack ? <AttackReport attack={attack} /> : <p>{t('attack.notKept')}</p>}
        </Section>
      )}
    </Page>
  )
}
