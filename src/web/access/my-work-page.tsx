import { type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import type { Me } from '#modules/access/model.ts'
import { portalContext } from '../context.ts'
import { mandateName } from '../parts/account.tsx'
import { Page, Section } from '../parts/page.tsx'
import { SearchBox } from '../parts/search-box.tsx'
import { type Language, languages, localeOf, useLanguage } from '../text/language.ts'
import css from './my-work-page.module.css'

export function loader({ context, request }: LoaderFunctionArgs) {
  const { me } = context.get(portalContext)
  if (!me.person) throw redirect(languages[localeOf(new URL(request.url).pathname)].to('signIn'))
  return me
}

interface Task {
  key: 'school' | 'learners' | 'state' | 'imports' | 'audit' | 'rules' | 'indicators'
  to: string
}

/** Where a signed-in person begins: what the mandate in force opens. */
export default function MyWorkPage() {
  const me = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t } = language
  const tasks = tasksOf(language, me)
  return (
    <Page
      title={t('myWork.title')}
      lead={me.mandate ? mandateName(language, me.mandate) : t('myWork.noMandate')}
    >
      {me.mandate && <p className={css.sees}>{t(`tierSees.${me.mandate.tier}`)}</p>}
      <Section>
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

function tasksOf({ to }: Language, { mandate }: Me): Task[] {
  const id = mandate?.institutionId
  switch (mandate?.tier) {
    case 'school':
      return id
        ? [
            { key: 'school', to: to('school', { id }) },
            { key: 'learners', to: to('learners', { id }) },
          ]
        : []
    case 'analyst':
      return [
        { key: 'state', to: to('state') },
        { key: 'indicators', to: to('indicators') },
        { key: 'imports', to: to('imports') },
      ]
    case 'steward':
    case 'protection_officer':
      return [
        { key: 'imports', to: to('imports') },
        { key: 'audit', to: to('audit') },
        { key: 'rules', to: to('rules') },
      ]
    default:
      return []
  }
}
