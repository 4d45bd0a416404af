import type { ReactNode } from 'react'
import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import type { DatedRule } from '#modules/disclosure/model.ts'
import contents from '../help/prose-page.module.css'
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
    ['checked', text.checked.title],
    ['todo', text.todo.title],
    ['more', text.more.title],
    ['rules', text.rules.title],
  ] as const
  return (
    <Page title={text.title} lead={text.lead}>
      <div className={contents.columns}>
        <nav className={`${contents.contents} no-print`} aria-label={t('help.contents')}>
          <ul>
            {parts.map(([id, title]) => (
              <li key={id}>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>
        <div>
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
                <Limits language={language} reason={reason} rules={rules} />
              </ReasonPart>
            ))}
          </Section>
          <Section title={text.checked.title} id="checked">
            <div className="stack">
              <Paragraphs text={text.checked.body} />
              <p className="no-print">
                <a href={to('releases')}>{text.checked.link}</a>
              </p>
            </div>
          </Section>
          <Section title={text.todo.title} id="todo">
            <ul className="bullets">
              {text.todo.list.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
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
      <h3 id={`${props.id}-title`}>{title}</h3>
      <div className="stack">
        <Paragraphs text={body} />
        {props.children}
        <Examples of={props.id} words={props.text.examples} />
      </div>
    </section>
  )
}

/** What the rules in force say about a reason, by topic: the limits are theirs, not the page's. */
function Limits(props: { language: Language; reason: string; rules: readonly DatedRule[] }) {
  const { t, count, share } = props.language
  const lines = props.rules.flatMap((rule): { topic: string; limit: string }[] => {
    const topic = topicName(props.language, rule.topic)
    if (props.reason === 'few')
      return [{ topic, limit: t('rules.atLeast', { count: rule.minimum, n: count(rule.minimum) }) }]
    if (props.reason === 'dominate' && rule.dominance) {
      const { people, share: most } = rule.dominance
      return [{ topic, limit: t('rules.held', { count: people, n: count(people), share: share(most) }) }]
    }
    return []
  })
  if (lines.length === 0) return null
  return (
    <div>
      <p>{t('rules.now')}</p>
      <ul className="bullets">
        {lines.map(({ topic, limit }) => (
          <li key={topic}>
            {topic}: {limit}
          </li>
        ))}
      </ul>
    </div>
  )
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
            <td>{name(rule.reason)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
