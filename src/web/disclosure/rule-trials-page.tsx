import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router'
import { z } from 'zod'
import { DatedRule, TrialSummary } from '#modules/disclosure/model.ts'
import { portalContext } from '../context.ts'
import { Page, Section } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { notFound, read, refusal } from '../read.ts'
import { languages, localeOf, useLanguage } from '../text/language.ts'
import {
  askedFrom,
  type Filled,
  fieldOf,
  filledFrom,
  filledIn,
  isSame,
  type RuleField,
} from './filled-rule.ts'
import { RuleForm } from './rule-form.tsx'
import { RulesAnswer } from './rules-answer.ts'
import { RulesInForce } from './rules-in-force.tsx'
import { TrialList } from './trial-list.tsx'

const Trials = z.object({ items: z.array(TrialSummary) })
const History = z.object({ items: z.array(DatedRule) })

export async function loader({ context, request }: LoaderFunctionArgs) {
  // First what only its readers get: for everybody else this page is not there.
  const { items: trials } = await read(context, '/disclosure/trials', Trials)
  const [{ items: rules }, { items: history }] = await Promise.all([
    read(context, '/disclosure/rules', RulesAnswer),
    read(context, '/disclosure/rules/history', History),
  ])
  const topic = new URL(request.url).searchParams.get('topic')
  if (topic !== null && !rules.some((rule) => rule.topic === topic)) throw notFound()
  return { rules, history, trials, topic: topic ?? rules.find(isUsual)?.topic ?? rules[0]?.topic ?? null }
}

/** The topic the form begins with: test results are what is discussed most. */
const isUsual = ({ topic }: DatedRule) => topic === 'results'

/** What came of a form that was refused: what was typed, and what is wrong where. */
interface Refused {
  filled: Filled
  faults: Partial<Record<RuleField, string>>
  /** a fault of the whole form */
  general: string | null
}

/** Asks the API for a trial of the filled-in rule. */
export async function action({ context, request }: ActionFunctionArgs) {
  const locale = localeOf(new URL(request.url).pathname)
  const { t, to } = languages[locale]
  const form = await request.formData()
  const filled = filledIn(form)
  const { items: rules } = await read(context, '/disclosure/rules', RulesAnswer)
  const inForce = rules.find(({ topic }) => topic === form.get('topic'))
  if (!inForce) throw notFound()
  const asked = askedFrom(filled, inForce)
  if (isSame(asked, inForce)) {
    return data<Refused>({ filled, faults: {}, general: t('ruleTrials.nothingChanged') }, { status: 400 })
  }
  const answer = await context.get(portalContext).api('/disclosure/trials', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': locale,
      'x-csrf': String(form.get('csrf') ?? ''),
    },
    body: JSON.stringify(asked),
  })
  if (answer.ok) {
    const { id } = (await answer.json()) as TrialSummary
    return redirect(`${to('ruleTrial', { id })}?refresh=on`, 303)
  }
  if (answer.status !== 400) throw await refusal(answer)
  const { errors = [] } = (await answer.json()) as { errors?: { field: string; message: string }[] }
  const faults: Refused['faults'] = {}
  let general: string | null = null
  for (const { field, message } of errors) {
    const place = fieldOf(field)
    if (place === null) general = message
    else if (place === 'dominanceShare' && filled.dominanceShare !== '')
      faults[place] = t('ruleTrials.wrongShare')
    else faults[place] = message
  }
  return data<Refused>({ filled, faults, general }, { status: 400 })
}

/** The steward's page about disclosure rules: those in force, a form to try another, and what was tried before. */
export default function RuleTrialsPage() {
  const { rules, history, trials, topic } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() as Refused | undefined
  const { t, to, locale } = useLanguage()
  const me = usePortal()?.me
  const rule = rules.find((each) => each.topic === topic)
  return (
    <Page
      title={t('ruleTrials.title')}
      {...(refused && { windowTitle: t('ruleTrials.refused', { title: t('ruleTrials.title') }) })}
      lead={t('ruleTrials.lead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      <Section
        title={t('ruleTrials.inForce')}
        aside={<a href={to('rules')}>{t('rules.title')}</a>}
        id="in-force"
      >
        <RulesInForce rules={rules} history={history} mayTry={me?.mandate?.tier === 'steward'} />
      </Section>
      {rule && me?.mandate?.tier === 'steward' && (
        <Section title={t('ruleTrials.try')} id="try">
          <RuleForm
            rules={rules}
            rule={rule}
            filled={refused?.filled ?? filledFrom(rule, locale === 'lv' ? ',' : '.')}
            faults={refused?.faults ?? {}}
            general={refused?.general ?? null}
            csrf={me.csrf ?? ''}
          />
        </Section>
      )}
      <Section title={t('ruleTrials.tried')} id="tried">
        <TrialList trials={trials} rules={rules} />
      </Section>
    </Page>
  )
}
