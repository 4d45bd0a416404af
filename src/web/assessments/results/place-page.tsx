import { useLoaderData } from 'react-router'
import { Page, Section } from '../../parts/page.tsx'
import { viewOf } from '../../publications/unit-view.ts'
import { useLanguage } from '../../text/language.ts'
import { loadPlace, type PlaceData } from './load-place.ts'
import { Gaps } from './place-gaps.tsx'
import { Levels, MeanResult, MeanSentence, Participation } from './place-sections.tsx'
import { PlacesWithin } from './places-within.tsx'
import { StateEquity } from './state-equity.tsx'
import { trendSentence } from './trend-words.ts'

export { loadPlace as loader }

/** A released round in a municipality, a region or the state: who took part, levels, mean, gaps, change, and the places within by name. */
export default function PlaceResultsPage() {
  const loaded = useLoaderData<typeof loadPlace>()
  const { data, round, trend, rules } = loaded
  const language = useLanguage()
  const { t, to, name, year, locale } = language
  const { unit, path } = data.profile
  const view = viewOf(data, language, rules)
  return (
    <Page
      title={`${name(round.domainName)}, ${t('results.grade', { grade: round.grade })}: ${name(unit.name)}`}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('results.title'), to: to('results') },
        ...path.map((above) => ({
          name: name(above.name),
          to: to('placeResults', { id: above.id, round: round.code }),
        })),
      ]}
      lead={<MeanSentence view={view} loaded={loaded} />}
      facts={
        <>
          <span>{year(round.schoolYear)}</span>
          <a className="no-print" href={to(unit.level, { id: unit.id, year: round.schoolYear })}>
            {t('results.place.unitPage')}
          </a>
          <a
            className="no-print"
            href={`/api/v1/results/places/${unit.id}/${encodeURIComponent(round.code)}/report.pdf?language=${locale}`}
          >
            PDF
          </a>
        </>
      }
    >
      <OtherRounds loaded={loaded} />
      <MeanResult view={view} loaded={loaded} />
      <Participation view={view} loaded={loaded} />
      <Levels view={view} loaded={loaded} />
      <Gaps view={view} loaded={loaded} />
      <Section title={t('results.place.trend')} id="trend">
        <p>{trendSentence(language, trend, round.schoolYear)}</p>
      </Section>
      {unit.level === 'state' ? (
        <StateEquity view={view} subject={round.subject} />
      ) : (
        <Section title={t('results.place.equity')} id="equity">
          <p>
            {t('results.place.equityState')} <StateLink loaded={loaded} />
          </p>
        </Section>
      )}
      <PlacesWithin view={view} loaded={loaded} />
      <Section title={t('results.place.means')} id="means">
        <ul className="bullets">
          <li>{t('results.place.meansList.place')}</li>
          <li>{t('results.place.meansList.interval')}</li>
          <li>{t(`results.place.meansList.${loaded.knowsSchools ? 'schools' : 'schoolsUnknown'}`)}</li>
          <li>
            {t('results.place.meansList.levels')} <a href={to('levels')}>{t('results.place.levelsLink')}</a>
          </li>
          <li>
            {t('results.place.meansList.hidden')} <a href={to('rules')}>{t('results.place.hiddenLink')}</a>
          </li>
        </ul>
      </Section>
    </Page>
  )
}

function OtherRounds({ loaded }: { loaded: PlaceData }) {
  const { t, to, name, year } = useLanguage()
  const { unit } = loaded.data.profile
  if (loaded.rounds.length < 2) return null
  return (
    <nav aria-label={t('results.place.rounds')} className="no-print">
      <ul className="chips">
        {loaded.rounds.map((round) => (
          <li key={round.code}>
            <a
              href={to('placeResults', { id: unit.id, round: round.code })}
              aria-current={round.code === loaded.round.code ? 'page' : undefined}
            >
              {name(round.domainName)}, {t('results.grade', { grade: round.grade })}, {year(round.schoolYear)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function StateLink({ loaded }: { loaded: PlaceData }) {
  const { t, to } = useLanguage()
  const state = loaded.data.profile.path.find(({ level }) => level === 'state')
  if (!state) return null
  return (
    <a href={to('placeResults', { id: state.id, round: loaded.round.code })}>
      {t('results.place.stateLink')}
    </a>
  )
}
