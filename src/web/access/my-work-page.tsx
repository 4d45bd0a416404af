import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import type { Me } from '#modules/access/model.ts'
import { dutyTiers } from '#modules/assessments/model.ts'
import { portalContext } from '../context.ts'
import { mandateNames } from '../parts/account.tsx'
import { Page, Section } from '../parts/page.tsx'
import { SearchBox } from '../parts/search-box.tsx'
import { refusal } from '../read.ts'
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
    hasItems: mayHaveDuty && (await context.get(portalContext).api('/item-bench')).ok,
  }
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
    | 'ownClass'
    | 'schoolPage'
    | 'findings'
    | 'checks'
    | 'report'
    | 'extracts'
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
  to: string
}

/** Where a signed-in person begins: what the mandate in force opens. */
export default function MyWorkPage() {
  const { me, work, choice, reminder, hasItems } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t } = language
  const items: Task[] = hasItems ? [{ key: 'items', to: language.to('items') }] : []
  const tasks = [...tasksOf(language, me), ...items]
  return (
    <Page
      title={t('myWork.title')}
      lead={me.mandate ? mandateNames(language, me.mandates).get(me.mandate.id) : t('myWork.noMandate')}
    >
      {me.mandate && <p className={css.sees}>{t(`tierSees.${me.mandate.tier}`)}</p>}
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

function tasksOf({ to }: Language, { mandate }: Me): Task[] {
  const id = mandate?.institutionId
  switch (mandate?.tier) {
    case 'school':
      return id
        ? [
            { key: 'school', to: to('school', { id }) },
            { key: 'learners', to: to('learners', { id }) },
            { key: 'findings', to: to('findings', { id }) },
            { key: 'report', to: to('report', { id }) },
          ]
        : []
    case 'teacher':
      return id
        ? [
            { key: 'ownClass', to: to('learners', { id }) },
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
        { key: 'report', to: to('report', { id: mandate.territoryId }) },
        { key: 'checks', to: to('checks') },
      ]
    case 'learner':
    case 'parent':
      return [
        { key: 'ownLearner', to: to('ownLearner') },
        { key: 'looks', to: to('looks') },
        { key: 'held', to: to('held') },
      ]
    case 'analyst':
      return [
        { key: 'state', to: to('state') },
        { key: 'indicators', to: to('indicators') },
        { key: 'imports', to: to('imports') },
        { key: 'jumps', to: to('jumps') },
        { key: 'extracts', to: to('extracts') },
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
