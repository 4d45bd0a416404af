import type { ReactNode } from 'react'
import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import type { DatedRule } from '#modules/disclosure/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { WideTable } from '../parts/wide-table.tsx'
import { read } from '../read.ts'
import { type Language, useLanguage } from '../text/language.ts'
import { Examples } from './examples.tsx'
import { type Missing, missing } from './missing.ts'
import css from './missing-page.module.css'
import { topicName } from './rule-words.ts'
import { RulesAnswer } from './rules-answer.ts'

export async function loader({ context }: LoaderFunctionArgs) {
  const { items } = await read(context, '/disclosure/rules', RulesAnswer)
  return items.filter(({ audience }) => audience === 'public')
}

/** The reasons in the order of the page; each has an address of its own, to which the note below a table leads. */
const reasons = ['few', 'same', 'reveal', 'dominate', 'revised', 'decision', 'free'] as const

/** Why some numbers are missing, in plain words, with the rules in force as the system holds them. */
export default function MissingPage() {
  const rules = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t, to, locale } = language
  const text = missing[locale]
  const parts = [
    ['symbols', text.symbols],
    ['when', text.when.title],
    ['todo', text.todo.title],
    ['checked', text.checked.title],
    ['more', text.more.title],
    ['rules', text.rules.title],
  ] as const
  return (
    <Page title={text.title} lead={text.lead}>
      <nav className={`${css.contents} no-print`} aria-label={t('help.contents')}>
        <ul className="chips">
          {parts.map(([id, title]) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      <Section title={text.symbols} id="symbols">
        <dl className={css.symbols}>
          {(['c', 'z', 'x'] as const).map((symbol) => (
            <div key={symbol}>
              <dt>{symbol}</dt>
              <dd>{t(`symbol.${symbol}`)}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title={text.when.title} id="when">
        <p>{text.when.lead}</p>
        {reasons.map((reason) => (
          <ReasonPart key={reason} id={reason} text={text}>
            <Limits reason={reason} rules={rules} />
          </ReasonPart>
        ))}
      </Section>
      <div className={css.pair}>
        <Section title={text.todo.title} id="todo">
          <ul className="bullets">
            {text.todo.list.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Section>
        <div>
          <Section title={text.checked.title} id="checked">
            <div className="stack">
              <Paragraphs text={text.checked.body} />
              <p className="no-print">
                <a href={to('releases')}>{text.checked.link}</a>
              </p>
            </div>
          </Section>
          <Section title={text.more.title} id="more">
            <p>{text.more.body}</p>
          </Section>
        </div>
      </div>
      <Section title={text.rules.title} id="rules">
        <div className="stack">
          <Paragraphs text={text.rules.body} />
          <RulesTable rules={rules} />
          <ul className={`${css.links} no-print`}>
            <li>
              <a href="/api/v1/disclosure/rules/history">{text.rules.history}</a>
            </li>
            <li>
              <a href={to('releases')}>{t('releases.title')}</a>
            </li>
            <li>
              <a href={to('help')}>{t('meaning.help')}</a>
            </li>
          </ul>
        </div>
      </Section>
    </Page>
  )
}

function Paragraphs({ text }: { text: readonly string[] }) {
  return text.map((paragraph) => <p key={paragraph}>{paragraph}</p>)
}

function ReasonPart(props: { id: (typeof reasons)[number]; text: Missing; children: ReactNode }) {
  const { title, body } = props.text.reasons[props.id]
  return (
    <section className={css.reason} id={props.id} aria-labelledby={`${props.id}-title`}>
      <div className="stack">
        <h3 id={`${props.id}-title`}>{title}</h3>
        <Paragraphs text={body} />
        {props.children}
      </div>
      <Examples of={props.id} words={props.text.examples} />
    </section>
  )
}

/** What the rules in force ask for, with the topics of each limit: the limits are theirs, not the page's. */
function Limits(props: { reason: (typeof reasons)[number]; rules: readonly DatedRule[] }) {
  const language = useLanguage()
  const { t } = language
  const limits = Map.groupBy(
    props.rules.filter((rule) => limitOf(language, props.reason, rule) !== null),
    (rule) => limitOf(language, props.reason, rule),
  )
  if (limits.size === 0) return null
  return (
    <div>
      <p>{t('rules.now')}</p>
      <ul className="bullets">
        {[...limits].map(([limit, rules]) => (
          <li key={limit}>
            {rules.map(({ topic }) => topicName(language, topic)).join(', ')}: <b>{limit}</b>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The limit a rule sets for a reason, in words; null: none that is a number. */
function limitOf({ t, count, share }: Language, reason: string, rule: DatedRule): string | null {
  if (reason === 'few') return t('rules.atLeast', { count: rule.minimum, n: count(rule.minimum) })
  if (reason === 'dominate' && rule.dominance) {
    const { people, share: most } = rule.dominance
    return t('rules.held', { count: people, n: count(people), share: share(most) })
  }
  return null
}

function RulesTable({ rules }: { rules: readonly DatedRule[] }) {
  const language = useLanguage()
  const { t, name, count, day } = language
  return (
    <WideTable label={t('rules.table')}>
      <thead>
        <tr>
          <th scope="col">{t('rules.topic')}</th>
          <th scope="col" className="n">
            {t('rules.fewest')}
          </th>
          <th scope="col">{t('rules.sameForAll')}</th>
          <th scope="col">{t('rules.since')}</th>
          <th scope="col">{t('rules.reason')}</th>
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={rule.topic}>
            <th scope="row">{topicName(language, rule.topic)}</th>
            <td className="n">{count(rule.minimum)}</td>
            <td>{t(rule.groupDisclosure ? 'rules.hidden' : 'rules.shown')}</td>
            <td>{day(rule.from)}</td>
            <td className={css.why}>{name(rule.reason)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
