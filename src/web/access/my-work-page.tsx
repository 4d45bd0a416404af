import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import type { Me } from '#modules/access/model.ts'
import { dutyTiers, ResultNotice } from '#modules/assessments/model.ts'
import { portalContext } from '../context.ts'
import { mandateNames } from '../parts/account.tsx'
import { Page, Section } from '../parts/page.tsx'
import { SearchBox } from '../parts/search-box.tsx'
import { read, refusal } from '../read.ts'
import { type Language, languages, localeOf, useLanguage } from '../text/language.ts'
import { AnalystWorkParts } from '../worklists/analyst-work.tsx'
import { loadWork, type Work } from '../worklists/load-work.ts'
import { MunicipalityWorkParts } from '../worklists/municipality-work.tsx'
import { SchoolWorkParts } from '../worklists/school-work.tsx'
import { choiceOf, type SchoolChoice } from '../worklists/shown-schools.ts'
import { StewardWorkParts } from '../worklists/steward-work.tsx'
import { TeacherWorkParts } from '../worklists/teacher-work.tsx'
import { mustBeSignedIn } from './must-be-signed-in.ts'
import css from './my-work-page.module.css'
import { seesOf } from './sees.ts'

export async function loader({ context, request }: LoaderFunctionArgs) {
  const me = mustBeSignedIn(context, request)
  const mayHaveDuty = dutyTiers.includes(me.mandate?.tier ?? '')
  const { searchParams } = new URL(request.url)
  const said = searchParams.get('reminder')
  return {
    me,
    work: await loadWork(context, me),
    choice: choiceOf(searchParams.get('show')),
    reminder: became.find((each) => each === said) ?? null,
    duties: mayHaveDuty ? await dutiesOf(context) : [],
    notices: ownTiers.includes(me.mandate?.tier ?? '')
      ? (await read(context, '/results/notices', Notices)).items
      : [],
  }
}

const Notices = z.object({ items: z.array(ResultNotice) })
const ownTiers: readonly string[] = ['learner', 'parent']

/** Duties of the mandate in force; there is no bench for who has none. */
async function dutiesOf(context: LoaderFunctionArgs['context']): Promise<string[]> {
  const answer = await context.get(portalContext).api('/item-bench')
  return answer.ok ? ((await answer.json()) as { duties: string[] }).duties : []
}

/** What can become of a reminder. */
const became = ['made', 'refused'] as const

/** Receives the one form of the page: a municipality reminds a school. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const id = encodeURIComponent(String(form.get('remind') ?? ''))
  const answer = await context.get(portalContext).api(`/institutions/${id}/reminders`, {
    method: 'POST',
    headers: { 'x-csrf': String(form.get('csrf') ?? '') },
  })
  if (!answer.ok && answer.status !== 409) throw await refusal(answer)
  const page = languages[localeOf(new URL(request.url).pathname)].to('myWork')
  return redirect(`${page}?reminder=${answer.ok ? 'made' : 'refused'}#schools`, 303)
}

interface Task {
  key:
    | 'school'
    | 'learners'
    | 'classes'
    | 'ownClass'
    | 'schoolPage'
    | 'findings'
    | 'checks'
    | 'report'
    | 'extracts'
    | 'reportSets'
    | 'jumps'
    | 'municipality'
    | 'reviewed'
    | 'ownLearner'
    | 'looks'
    | 'held'
    | 'protection'
    | 'state'
    | 'imports'
    | 'jobs'
    | 'feeds'
    | 'audit'
    | 'rules'
    | 'indicators'
    | 'items'
    | 'scaling'
    | 'panels'
    | 'rounds'
    | 'marking'
    | 'secondLooks'
    | 'rooms'
    | 'preschoolGroups'
    | 'sessions'
    | 'observations'
    | 'results'
    | 'placeResults'
    | 'supportRequests'
    | 'resultRelease'
  to: string
}

/** Where a signed-in person begins: what the mandate in force opens. */
export default function MyWorkPage() {
  const { me, work, choice, reminder, duties, notices } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t } = language
  const tasks = [...tasksOf(language, me, work), ...tasksOfDuties(language, duties)]
  return (
    <Page
      title={t('myWork.title')}
      lead={me.mandate ? mandateNames(language, me.mandates).get(me.mandate.id) : t('myWork.noMandate')}
    >
      {me.mandate && <p className={css.sees}>{seesOf(language, me.mandate.tier, duties)}</p>}
      {notices.length > 0 && <Notified notices={notices} />}
      <WorkParts work={work} choice={choice} reminder={reminder} csrf={me.csrf ?? ''} />
      <Section {...(work && { title: t('work.tools') })} id="tools" className="no-print">
        {tasks.length === 0 ? (
          <p>{t('myWork.nothing')}</p>
        ) : (
          <ul className={css.tasks}>
            {tasks.map((task) => (
              <li key={task.key}>
                <a href={task.to}>{t(`myWork.task.${task.key}.title`)}</a>
                <p>{t(`myWork.task.${task.key}.what`)}</p>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {me.mandate?.tier === 'analyst' && (
        <Section title={t('search.title')}>
          <SearchBox />
        </Section>
      )}
    </Page>
  )
}

/** That results appeared: which test and since when, no name and no result. */
function Notified({ notices }: { notices: readonly ResultNotice[] }) {
  const { t, to, name, dayOfInstant } = useLanguage()
  return (
    <Section title={t('results.noticeTitle')} id="notices">
      <ul className="bullets">
        {notices.map((notice) => (
          <li key={notice.round}>
            <a href={to('ownResult', { round: notice.round })}>
              {t('results.notice', { name: name(notice.name) })}
            </a>{' '}
            <span className="small">
              {t('results.noticeSince', { day: dayOfInstant(notice.appearedAt) })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function WorkParts({
  work,
  choice,
  reminder,
  csrf,
}: {
  work: Work
  choice: SchoolChoice
  reminder: 'made' | 'refused' | null
  csrf: string
}) {
  switch (work?.tier) {
    case 'school':
      return <SchoolWorkParts work={work.work} checks={work.checks} profile={work.profile} />
    case 'municipality':
      return <MunicipalityWorkParts work={work.work} choice={choice} csrf={csrf} reminder={reminder} />
    case 'teacher':
      return <TeacherWorkParts work={work.work} />
    case 'steward':
      return <StewardWorkParts jobs={work.jobs} imports={work.imports} waitingFiles={work.waitingFiles} />
    case 'analyst':
      return <AnalystWorkParts scores={work.scores} release={work.release} imports={work.imports} />
    default:
      return null
  }
}

/** Tools of the item bank and of rounds, by duty. */
function tasksOfDuties({ to }: Language, duties: readonly string[]): Task[] {
  return [
    ...(duties.length > 0 ? [{ key: 'items' as const, to: to('items') }] : []),
    ...(duties.includes('psychometrician') ? [{ key: 'scaling' as const, to: to('scaling') }] : []),
    ...(duties.includes('panellist') ? [{ key: 'panels' as const, to: to('scalingPanels') }] : []),
    ...(duties.length > 0 ? [{ key: 'rounds' as const, to: to('rounds') }] : []),
    ...(duties.includes('assessor') || duties.includes('coordinator')
      ? [{ key: 'observations' as const, to: to('observations') }]
      : []),
    ...(['marker', 'coordinator', 'psychometrician'].some((each) => duties.includes(each))
      ? [{ key: 'marking' as const, to: to('marking') }]
      : []),
    ...(duties.includes('coordinator') ? [{ key: 'resultRelease' as const, to: to('resultRelease') }] : []),
  ]
}

function tasksOf({ to }: Language, { mandate }: Me, work: Work): Task[] {
  const id = mandate?.institutionId
  const hasPreschool = (work?.tier === 'school' || work?.tier === 'teacher') && work.work.hasPreschool
  const preschool: Task[] = hasPreschool ? [{ key: 'preschoolGroups', to: to('preschoolGroups') }] : []
  switch (mandate?.tier) {
    case 'school':
      return id
        ? [
            { key: 'school', to: to('school', { id }) },
            { key: 'classes', to: to('classes') },
            { key: 'results', to: to('results') },
            { key: 'supportRequests', to: to('supportRequests') },
            { key: 'learners', to: to('learners', { id }) },
            { key: 'sessions', to: to('ownSessions') },
            { key: 'rooms', to: to('rooms') },
            ...preschool,
            { key: 'secondLooks', to: to('secondLooks') },
            { key: 'findings', to: to('findings', { id }) },
            { key: 'report', to: to('report', { id }) },
          ]
        : []
    case 'teacher':
      return id
        ? [
            { key: 'classes', to: to('classes') },
            { key: 'results', to: to('results') },
            { key: 'supportRequests', to: to('supportRequests') },
            { key: 'ownClass', to: to('learners', { id }) },
            { key: 'rooms', to: to('rooms') },
            ...preschool,
            { key: 'schoolPage', to: to('school', { id }) },
          ]
        : []
    case 'inspector':
      return id
        ? [
            { key: 'reviewed', to: to('school', { id }) },
            { key: 'report', to: to('report', { id }) },
          ]
        : []
    case 'municipality':
      return [
        { key: 'municipality', to: to('municipality', { id: mandate.territoryId }) },
        { key: 'placeResults', to: to('results') },
        { key: 'report', to: to('report', { id: mandate.territoryId }) },
        { key: 'reportSets', to: to('reportSets') },
        { key: 'checks', to: to('checks') },
      ]
    case 'learner':
    case 'parent':
      return [
        { key: 'results', to: to('results') },
        { key: 'ownLearner', to: to('ownLearner') },
        { key: 'looks', to: to('looks') },
        { key: 'held', to: to('held') },
      ]
    case 'analyst':
      return [
        { key: 'state', to: to('state') },
        { key: 'indicators', to: to('indicators') },
        { key: 'placeResults', to: to('results') },
        { key: 'imports', to: to('imports') },
        { key: 'jumps', to: to('jumps') },
        { key: 'extracts', to: to('extracts') },
        { key: 'reportSets', to: to('reportSets') },
        { key: 'checks', to: to('checks') },
      ]
    case 'steward':
      return [
        { key: 'imports', to: to('imports') },
        { key: 'feeds', to: to('feeds') },
        { key: 'checks', to: to('checks') },
        { key: 'jobs', to: to('jobs') },
        { key: 'audit', to: to('audit') },
        { key: 'protection', to: to('protection') },
        { key: 'rules', to: to('ruleTrials') },
      ]
    case 'protection_officer':
      return [
        { key: 'imports', to: to('imports') },
        { key: 'audit', to: to('audit') },
        { key: 'protection', to: to('protection') },
        { key: 'rules', to: to('ruleTrials') },
      ]
    default:
      return []
  }
}
