import type { Interaction, ItemText, Key, Line } from '#modules/assessments/model.ts'
import { interactionsOf } from '#modules/assessments/model.ts'
import { useLanguage } from '../text/language.ts'
import css from './items.module.css'

/** What is right, in words: answers with their points. */
export function KeyList({ text }: { text: ItemText }) {
  const { t } = useLanguage()
  return (
    <dl className={`${css.facts} ${css.told}`} aria-label={t('items.key')}>
      {interactionsOf(text.body).map((interaction) => (
        <div key={interaction.response}>
          <dt>
            {interaction.response}, {t(`items.kinds.${interaction.kind}`)}
          </dt>
          <dd>
            <KeyLines interaction={interaction} value={text.keys[interaction.response]!} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function KeyLines({ interaction, value }: { interaction: Interaction; value: Key }) {
  const { t, number } = useLanguage()
  const named = namesIn(interaction)
  const rows = rowsOf(value, named, number)
  return (
    <>
      {'rule' in value && <p className="small">{t(`items.rules.${value.rule}`)}</p>}
      <ul className={`bullets ${css.parts}`} lang="lv">
        {rows.map(({ what, points }) => (
          <li key={what}>
            {what}
            {points !== null && ` (${t('items.pointsOf', { count: points, shown: number(points) })})`}
          </li>
        ))}
      </ul>
    </>
  )
}

interface Row {
  what: string
  points: number | null
}

function rowsOf(
  key: Key,
  named: (id: string) => string,
  number: (x: number, decimals?: number) => string,
): Row[] {
  const decimals = (x: number) => Math.min(4, (String(x).split('.')[1] ?? '').length)
  switch (key.kind) {
    case 'choice':
      return key.rule === 'map'
        ? key.map.map(({ id, points }) => ({ what: named(id), points }))
        : [{ what: key.correct.map(named).join('; '), points: key.points }]
    case 'match':
      return key.rule === 'map'
        ? key.map.map(({ left, right, points }) => ({ what: `${named(left)} → ${named(right)}`, points }))
        : key.correct.map(({ left, right }) => ({ what: `${named(left)} → ${named(right)}`, points: null }))
    case 'order':
      return key.correct.map((id, at) => ({ what: `${at + 1}. ${named(id)}`, points: null }))
    case 'number':
      return key.accepted.map(({ value, tolerance, points }) => ({
        what:
          number(value, decimals(value)) +
          (tolerance > 0 ? ` ± ${number(tolerance, decimals(tolerance))}` : ''),
        points,
      }))
    case 'text':
      return key.accepted.map(({ text, points }) => ({ what: text, points }))
    case 'rubric':
      return key.criteria.map(({ text, points }) => ({ what: text, points }))
  }
}

/** What the choices of a question say, by their names. */
function namesIn(interaction: Interaction): (id: string) => string {
  const said = new Map<string, string>()
  const plain = (line: Line) =>
    line
      .map((piece) => (piece.kind === 'picture' ? piece.alt : piece.kind === 'break' ? ' ' : piece.text))
      .join('')
  if (interaction.kind === 'inlineChoice') for (const { id, text } of interaction.choices) said.set(id, text)
  if (interaction.kind === 'choice' || interaction.kind === 'order')
    for (const { id, content } of interaction.choices) said.set(id, plain(content))
  if (interaction.kind === 'match')
    for (const { id, content } of [...interaction.left, ...interaction.right]) said.set(id, plain(content))
  if (interaction.kind === 'hotText')
    for (const piece of interaction.paragraphs.flat())
      if (piece.kind === 'hot') said.set(piece.id, piece.text)
  return (id) => said.get(id) ?? id
}
