import { type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { OwnResults, ResultClass, type ToldRound } from '#modules/assessments/model.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { portalContext } from '../../context.ts'
import { Page, Section } from '../../parts/page.tsx'
import { notFound, read } from '../../read.ts'
import { languages, localeOf, useLanguage } from '../../text/language.ts'
import { LevelLadder } from './level-ladder.tsx'
import { ToldRounds } from './load-place.ts'
import { bandSentence, sheetTitle } from './sheet-words.ts'

/** Where results begin, by who asks: a family its own, a teacher the classes, a head the school, others the pages of places. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const { mandate } = mustBeSignedIn(context, request)
  const { to } = languages[localeOf(new URL(request.url).pathname)]
  switch (mandate?.tier) {
    case 'learner':
    case 'parent':
      return { ...nothing, own: await read(context, '/results/own', OwnResults) }
    case 'teacher':
      return {
        ...nothing,
        classes: (await read(context, '/results/classes', z.object({ items: z.array(ResultClass) }))).items,
      }
    case 'school':
      throw redirect(to('schoolResults', { id: mandate.institutionId }))
    case 'inspector':
      throw redirect(to('school', { id: mandate.institutionId }))
    case 'municipality':
      return { ...nothing, place: await placeOf(context, mandate.territoryId) }
    case 'analyst':
      return { ...nothing, place: await placeOf(context, context.get(portalContext).config.countryId) }
    default:
      throw notFound()
  }
}

const nothing: {
  own: OwnResults | null
  classes: ResultClass[] | null
  place: { id: string; rounds: ToldRound[] } | null
} = { own: null, classes: null, place: null }

/** Official rounds, to be read of one place. */
async function placeOf(context: LoaderFunctionArgs['context'], id: string | null) {
  if (!id) throw notFound()
  const { items } = await read(context, '/results/told-rounds', ToldRounds)
  return { id, rounds: items.filter(({ isOfficial }) => isOfficial) }
}

export default function ResultsPage() {
  const { own, classes, place } = useLoaderData<typeof loader>()
  const { t, to } = useLanguage()
  return (
    <Page
      title={t('results.title')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
      lead={
        own
          ? [own.learner.name, t('results.ownLead')].filter(Boolean).join('. ')
          : place
            ? t('results.place.roundsLead')
            : undefined
      }
    >
      {own && <OwnList sheets={own.sheets} />}
      {own && (
        <Section>
          <p>
            <a href={to('preschoolProfile')}>{t('observation.profile')}</a>
          </p>
        </Section>
      )}
      {classes && <ClassList classes={classes} />}
      {place && <RoundList place={place} />}
    </Page>
  )
}

function OwnList({ sheets }: { sheets: OwnResults['sheets'] }) {
  const language = useLanguage()
  const { t, to, year } = language
  if (sheets.length === 0)
    return (
      <Section>
        <p>{t('results.noOwn')}</p>
      </Section>
    )
  return sheets.map((sheet) => (
    <Section
      key={sheet.round}
      title={sheetTitle(language, sheet)}
      aside={
        <a href={to('ownResult', { round: sheet.round })}>
          {t('results.open')}
          <span className="hidden">: {sheetTitle(language, sheet)}</span>
        </a>
      }
    >
      <p className="small">
        {t('results.grade', { grade: sheet.grade })}, {year(sheet.schoolYear)}
      </p>
      {sheet.level !== null && <LevelLadder sheet={sheet} />}
      <p>{bandSentence(language, sheet)}</p>
    </Section>
  ))
}

function RoundList({ place }: { place: { id: string; rounds: ToldRound[] } }) {
  const { t, to, name, year } = useLanguage()
  return (
    <Section>
      {place.rounds.length === 0 ? (
        <p>{t('results.place.roundsNone')}</p>
      ) : (
        <ul className="bullets">
          {place.rounds.map((round) => (
            <li key={round.code}>
              <a href={to('placeResults', { id: place.id, round: round.code })}>
                {name(round.domainName)}, {t('results.grade', { grade: round.grade })}
              </a>{' '}
              <span className="small">{year(round.schoolYear)}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function ClassList({ classes }: { classes: ResultClass[] }) {
  const { t, to, year } = useLanguage()
  return (
    <Section title={t('results.myClasses')}>
      {classes.length === 0 ? (
        <p>{t('results.noClasses')}</p>
      ) : (
        <ul className="bullets">
          {classes.map((own) => (
            <li key={own.id}>
              <a href={to('classResults', { id: own.id })}>{own.name}</a>{' '}
              <span className="small">{year(own.schoolYear)}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
