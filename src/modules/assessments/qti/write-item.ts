import { interactionsOf } from '../content/body.ts'
import { mostOf } from '../content/item.ts'
import { mostPoints } from '../content/key.ts'
import { bestAnswers } from '../content/scoring.ts'
import type { Interaction, ItemText, Key, Stimulus } from '../model.ts'
import { bodyXml, catalogXml } from './write-body.ts'
import { escaped, tag } from './xml.ts'

export const QTI = 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0'

/** One text of an item as a QTI 3 item. @param stimulus  file of the shared text, seen from the item */
export function itemXml(identifier: string, text: ItemText, stimulus: string | null): string {
  const asked = interactionsOf(text.body)
  const keyOf = ({ response }: Interaction) => text.keys[response]!
  const ignoring = new Set(
    asked.flatMap((each) => {
      const key = keyOf(each)
      return key.kind === 'text' && key.ignoreDiacritics ? [each.response] : []
    }),
  )
  const best = bestAnswers(text)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag(
    'qti-assessment-item',
    {
      xmlns: QTI,
      identifier,
      title: text.title,
      'xml:lang': text.language,
      adaptive: false,
      'time-dependent': false,
    },
    [
      '',
      ...asked.map((each) => responseXml(each, keyOf(each), best[each.response]!)),
      outcomeXml('SCORE', mostOf(text), false),
      ...asked.map((each) =>
        outcomeXml(`SCORE_${each.response}`, mostPoints(keyOf(each)), keyOf(each).kind === 'rubric'),
      ),
      ...(stimulus && text.stimulus
        ? [tag('qti-assessment-stimulus-ref', { identifier: text.stimulus.code, href: stimulus })]
        : []),
      tag(
        'qti-item-body',
        {},
        `\n${bodyXml(text.body, '../media/', ignoring)}\n${asked.map((each) => rubricXml(each, keyOf(each))).join('')}`,
      ),
      ...[catalogXml(text.catalog)].filter((xml) => xml !== ''),
      tag(
        'qti-response-processing',
        {},
        asked.map((each) => ruleXml(each.response, keyOf(each))).join('') +
          set(
            'SCORE',
            tag('qti-sum', {}, asked.map(({ response }) => variable(`SCORE_${response}`)).join('')),
          ),
      ),
      '',
    ].join('\n'),
  )}\n`
}

/** A shared text as a QTI 3 stimulus, with the alternative content it points to. */
export function stimulusXml({ code, title, body }: Stimulus, { language, catalog }: ItemText): string {
  const used = new Set(body.flatMap(({ card }) => (card ? [card] : [])))
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag(
    'qti-assessment-stimulus',
    { xmlns: QTI, identifier: code, title, 'xml:lang': language },
    `\n${tag('qti-stimulus-body', {}, `\n${bodyXml(body, '../media/', new Set())}\n`)}\n${catalogXml(catalog.filter(({ id }) => used.has(id)))}\n`,
  )}\n`
}

const variable = (identifier: string) => tag('qti-variable', { identifier })
const correct = (identifier: string) => tag('qti-correct', { identifier })
const value = (text: string | number) => tag('qti-value', {}, escaped(String(text)))
const amount = (number: number) => tag('qti-base-value', { 'base-type': 'float' }, String(number))
const set = (identifier: string, expression: string) =>
  tag('qti-set-outcome-value', { identifier }, expression)

function outcomeXml(identifier: string, most: number, isByPerson: boolean): string {
  return tag(
    'qti-outcome-declaration',
    {
      identifier,
      cardinality: 'single',
      'base-type': 'float',
      'normal-maximum': most,
      'external-scored': isByPerson ? 'human' : null,
    },
    tag('qti-default-value', {}, value(0)),
  )
}

function responseXml(interaction: Interaction, key: Key, best: unknown): string {
  const declared = (cardinality: string, type: string, content: string) =>
    tag(
      'qti-response-declaration',
      { identifier: interaction.response, cardinality, 'base-type': type },
      content,
    )
  const right = (values: readonly (string | number)[]) =>
    tag('qti-correct-response', {}, values.map(value).join(''))
  const map = (
    entries: readonly { key: string; points: number; more?: Record<string, boolean> }[],
    most: number,
  ) =>
    tag(
      'qti-mapping',
      { 'lower-bound': 0, 'upper-bound': most, 'default-value': 0 },
      entries
        .map(({ key, points, more }) =>
          tag('qti-map-entry', { 'map-key': key, 'mapped-value': points, ...more }),
        )
        .join(''),
    )
  switch (key.kind) {
    case 'choice': {
      const isSingle =
        interaction.kind === 'inlineChoice' || ('most' in interaction && interaction.most === 1)
      const entries =
        key.rule === 'map'
          ? map(
              key.map.map(({ id, points }) => ({ key: id, points })),
              key.points,
            )
          : ''
      return declared(isSingle ? 'single' : 'multiple', 'identifier', right(key.correct) + entries)
    }
    case 'match': {
      const name = ({ left, right }: { left: string; right: string }) => `${left} ${right}`
      const entries =
        key.rule === 'map'
          ? map(
              key.map.map((pair) => ({ key: name(pair), points: pair.points })),
              key.points,
            )
          : ''
      return declared('multiple', 'directedPair', right(key.correct.map(name)) + entries)
    }
    case 'order':
      return declared('ordered', 'identifier', right(key.correct))
    case 'number':
      return declared('single', 'float', right([String(best)]))
    case 'text':
      return declared(
        'single',
        'string',
        right([String(best)]) +
          map(
            key.accepted.map(({ text, points }) => ({
              key: text,
              points,
              more: { 'case-sensitive': !key.ignoreCase },
            })),
            mostPoints(key),
          ),
      )
    case 'rubric':
      return declared('single', 'string', '')
  }
}

function ruleXml(response: string, key: Key): string {
  const outcome = `SCORE_${response}`
  const when = (condition: string, points: string) =>
    tag('qti-response-condition', {}, tag('qti-response-if', {}, condition + set(outcome, points)))
  const whole = (points: number) =>
    when(tag('qti-match', {}, variable(response) + correct(response)), amount(points))
  switch (key.kind) {
    case 'choice':
    case 'match':
      return key.rule === 'all'
        ? whole(key.points)
        : set(outcome, tag('qti-map-response', { identifier: response }))
    case 'text':
      return set(outcome, tag('qti-map-response', { identifier: response }))
    case 'order': {
      if (key.rule === 'all') return whole(key.points)
      const nth = (n: number, of: string) => tag('qti-index', { n }, of)
      return key.correct
        .map((_, at) =>
          when(
            tag('qti-match', {}, nth(at + 1, variable(response)) + nth(at + 1, correct(response))),
            tag('qti-sum', {}, variable(outcome) + amount(1)),
          ),
        )
        .join('')
    }
    case 'number':
      return tag(
        'qti-response-condition',
        {},
        key.accepted
          .map(({ value, tolerance, points }, at) =>
            tag(
              at === 0 ? 'qti-response-if' : 'qti-response-else-if',
              {},
              tag(
                'qti-equal',
                tolerance === 0 ? { 'tolerance-mode': 'exact' } : { 'tolerance-mode': 'absolute', tolerance },
                variable(response) + amount(value),
              ) + set(outcome, amount(points)),
            ),
          )
          .join(''),
      )
    case 'rubric':
      return ''
  }
}

/** For markers: what an answer that deserves the points shows. */
function rubricXml({ response }: Interaction, key: Key): string {
  if (key.kind !== 'rubric') return ''
  const criteria = key.criteria.map(({ points, text }) =>
    tag(
      'li',
      { 'data-ikms-points': points },
      text
        .split('\n')
        .map((line) => tag('p', {}, escaped(line)))
        .join(''),
    ),
  )
  return `${tag(
    'qti-rubric-block',
    { use: 'scoring', view: 'scorer', 'data-ikms-response': response },
    tag('qti-content-body', {}, tag('ul', {}, criteria.join(''))),
  )}\n`
}
