import { interactionsOf } from '../content/body.ts'
import { ItemLanguage } from '../content/item.ts'
import type { Catalog, Interaction, ItemText, Key, Keys, Stimulus } from '../model.ts'
import { type Findings, refuse } from './findings.ts'
import { type BodyReader, decimal, readBlocks, readCatalog, readStill } from './read-body.ts'
import { type Rule, readRules } from './read-rules.ts'
import { type Element, elementsIn, textIn } from './xml.ts'

/** What an item needs from the package around it. */
export interface Around {
  findings: Findings
  media: BodyReader['media']
  /** the shared text at an address, seen from the item */
  stimulus: (href: string, at: Element) => { stimulus: Stimulus; catalog: Catalog }
}

/** A QTI 3 item as one text of an item of ours. @throws ItemRefused */
export function readItem(root: Element, { findings, media, stimulus }: Around): ItemText {
  if (root.name !== 'qti-assessment-item') refuse(root, 'not_an_item')
  const {
    title,
    adaptive,
    'xml:lang': said,
  } = findings.take(
    root,
    'identifier',
    'title',
    'xml:lang',
    'adaptive',
    'time-dependent',
    'tool-name',
    'tool-version',
    'label',
  )
  if (adaptive === 'true') refuse(root, 'adaptive')
  const language = ItemLanguage.safeParse((said ?? '').slice(0, 2).toLowerCase())
  if (!language.success) refuse(root, 'unknown_language')
  const parts = elementsIn(root)
  const all = (name: string) => parts.filter((part) => part.name === name)
  for (const part of parts) {
    if (/^qti-template-(declaration|processing)$/.test(part.name)) refuse(part, 'template')
    if (!known.has(part.name)) findings.leave(part, 'not_carried')
  }
  const [body] = all('qti-item-body')
  if (!body) refuse(root, 'no_body')
  const declared = new Map(
    all('qti-response-declaration').map((each) => [each.attributes.get('identifier') ?? '', each]),
  )
  const reader: BodyReader = {
    findings,
    media,
    isNumber: (response) =>
      /^(float|integer)$/.test(declared.get(response)?.attributes.get('base-type') ?? ''),
    title: title?.trim() || refuse(root, 'no_title'),
  }
  findings.take(body!)
  const isForScorers = (each: Element | string): each is Element =>
    typeof each !== 'string' && each.name === 'qti-rubric-block' && each.attributes.get('view') === 'scorer'
  const blocks = readBlocks(
    reader,
    body!.children.filter((each) => !isForScorers(each)),
  )
  const rubrics = body!.children.filter(isForScorers)

  const asked = interactionsOf(blocks)
  const shared = all('qti-assessment-stimulus-ref').map((each) =>
    stimulus(each.attributes.get('href') ?? '', each),
  )
  if (shared.length > 1) refuse(root, 'two_shared_texts')
  const own = all('qti-catalog-info').flatMap((info) => readCatalog(reader, info))
  const more = (shared[0]?.catalog ?? []).filter(({ id }) => !own.some((each) => each.id === id))

  const [processing] = all('qti-response-processing')
  const rules = processing
    ? readRules(
        processing,
        asked.map(({ response }) => response),
      )
    : new Map<string, Rule>()
  const usedRubrics = new Set<Element>()
  const keys: Keys = Object.fromEntries(
    asked.map((interaction): [string, Key] => {
      const declaration = declared.get(interaction.response) ?? refuse(root, 'response_not_declared')
      if (interaction.kind === 'extendedText') {
        const rubric = rubricOf(interaction, rubrics) ?? refuse(root, 'no_rubric')
        usedRubrics.add(rubric)
        return [interaction.response, readRubric(findings, root, interaction, rubric)]
      }
      const rule = rules.get(interaction.response) ?? refuse(declaration, 'no_scoring')
      return [interaction.response, readKey(findings, root, interaction, declaration, rule)]
    }),
  )
  for (const rubric of rubrics) if (!usedRubrics.has(rubric)) findings.leave(rubric, 'not_for_pupils')
  for (const [response, declaration] of declared) {
    if (!Object.hasOwn(keys, response)) findings.leave(declaration, 'not_asked')
  }
  return {
    language: language.data!,
    title: reader.title,
    stimulus: shared[0]?.stimulus ?? null,
    body: blocks,
    catalog: [...own, ...more],
    keys,
  }
}

const known = new Set([
  'qti-response-declaration',
  'qti-outcome-declaration',
  'qti-assessment-stimulus-ref',
  'qti-item-body',
  'qti-catalog-info',
  'qti-response-processing',
])

/** A QTI 3 shared text. @throws ItemRefused */
export function readStimulus(root: Element, { findings, media }: Pick<Around, 'findings' | 'media'>) {
  if (root.name !== 'qti-assessment-stimulus') refuse(root, 'not_a_shared_text')
  const { identifier, title } = findings.take(
    root,
    'identifier',
    'title',
    'xml:lang',
    'label',
    'tool-name',
    'tool-version',
  )
  const parts = elementsIn(root)
  for (const part of parts) {
    if (part.name !== 'qti-stimulus-body' && part.name !== 'qti-catalog-info')
      findings.leave(part, 'not_carried')
  }
  const body = parts.find(({ name }) => name === 'qti-stimulus-body') ?? refuse(root, 'no_body')
  const reader: BodyReader = {
    findings,
    media,
    isNumber: () => false,
    title: title?.trim() || refuse(root, 'no_title'),
  }
  findings.take(body)
  const stimulus: Stimulus = {
    code: identifier ?? refuse(root, 'no_identifier'),
    title: reader.title,
    body: readStill(reader, body),
  }
  const infos = parts.filter(({ name }) => name === 'qti-catalog-info')
  return { stimulus, catalog: infos.flatMap((info) => readCatalog(reader, info)) }
}

function readKey(
  findings: Findings,
  root: Element,
  interaction: Interaction,
  declaration: Element,
  rule: Rule,
): Key {
  findings.take(declaration, 'identifier', 'cardinality', 'base-type')
  const parts = elementsIn(declaration)
  const said = parts.find(({ name }) => name === 'qti-correct-response')
  const correct = said
    ? elementsIn(said)
        .filter(({ name }) => name === 'qti-value')
        .map((each) => textIn(each))
    : []
  const mapping = parts.find(({ name }) => name === 'qti-mapping')
  const other = parts.find((each) => each !== said && each !== mapping)
  if (other) findings.leave(other, 'not_carried')
  const entries = rule.rule === 'map' ? readMapping(mapping ?? refuse(declaration, 'no_mapping')) : []
  const most = () =>
    whole(
      mapping!,
      mapping!.attributes.get('upper-bound') ??
        String(entries.reduce((sum, { points }) => sum + Math.max(0, points), 0)),
    )
  const trimmed = correct.map((value) => value.trim())
  const pairOf = (written: string) => {
    const [left, right, more] = written.trim().split(/\s+/)
    return left && right && !more ? { left, right } : refuse(declaration, 'not_a_pair')
  }
  switch (interaction.kind) {
    case 'choice':
    case 'hotText':
    case 'inlineChoice':
      if (rule.rule === 'all') return { kind: 'choice', rule: 'all', correct: trimmed, points: rule.points }
      if (rule.rule !== 'map') return refuse(declaration, 'unknown_scoring')
      return {
        kind: 'choice',
        rule: 'map',
        correct:
          trimmed.length > 0 ? trimmed : entries.filter(({ points }) => points > 0).map(({ key }) => key),
        points: most(),
        map: entries.map(({ key, points }) => ({ id: key, points })),
      }
    case 'match':
      if (rule.rule === 'all')
        return { kind: 'match', rule: 'all', correct: trimmed.map(pairOf), points: rule.points }
      if (rule.rule !== 'map') return refuse(declaration, 'unknown_scoring')
      return {
        kind: 'match',
        rule: 'map',
        correct: (trimmed.length > 0
          ? trimmed
          : entries.filter(({ points }) => points > 0).map(({ key }) => key)
        ).map(pairOf),
        points: most(),
        map: entries.map(({ key, points }) => ({ ...pairOf(key), points })),
      }
    case 'order':
      if (rule.rule === 'parts')
        return { kind: 'order', rule: 'parts', correct: trimmed, points: trimmed.length }
      return rule.rule === 'all'
        ? { kind: 'order', rule: 'all', correct: trimmed, points: rule.points }
        : refuse(declaration, 'unknown_scoring')
    case 'extendedText':
      return refuse(root, 'unknown_scoring')
    default:
      break
  }
  const right = () => decimal(declaration, trimmed[0])
  if (interaction.kind === 'numberLine' || interaction.expects === 'number') {
    if (rule.rule === 'all')
      return { kind: 'number', accepted: [{ value: right(), tolerance: 0, points: rule.points }] }
    if (rule.rule === 'number') {
      const accepted = rule.accepted.map((each) => ({
        ...each,
        value: each.value === 'correct' ? right() : each.value,
      }))
      return { kind: 'number', accepted }
    }
    if (rule.rule !== 'map') return refuse(declaration, 'unknown_scoring')
    const accepted = entries.map(({ key, points }) => ({
      value: decimal(mapping!, key),
      tolerance: 0,
      points,
    }))
    return { kind: 'number', accepted }
  }
  const ignoreDiacritics = hasAttribute(root, interaction.response, 'data-ikms-diacritics', 'ignore')
  if (rule.rule === 'all') {
    const accepted = correct.slice(0, 1).map((text) => ({ text: text.trim(), points: rule.points }))
    return { kind: 'text', accepted, ignoreCase: false, ignoreDiacritics }
  }
  if (rule.rule !== 'map') return refuse(declaration, 'unknown_scoring')
  const isLoose = entries.map(({ ignoresCase }) => ignoresCase)
  if (new Set(isLoose).size > 1) refuse(mapping!, 'capitals_count_sometimes')
  return {
    kind: 'text',
    accepted: entries.map(({ key, points }) => ({ text: key, points })),
    ignoreCase: isLoose[0] ?? false,
    ignoreDiacritics,
  }
}

function readMapping(mapping: Element): { key: string; points: number; ignoresCase: boolean }[] {
  if (Number(mapping.attributes.get('default-value') ?? 0) !== 0) refuse(mapping, 'points_for_anything_else')
  if (Number(mapping.attributes.get('lower-bound') ?? 0) !== 0) refuse(mapping, 'points_below_nothing')
  return elementsIn(mapping).map((entry) => ({
    key: entry.attributes.get('map-key') ?? refuse(entry, 'no_key'),
    points: signed(entry, entry.attributes.get('mapped-value')),
    ignoresCase: entry.attributes.get('case-sensitive') === 'false',
  }))
}

function signed(element: Element, written: string | undefined): number {
  const value = decimal(element, written)
  return Number.isInteger(value) ? value : refuse(element, 'parts_of_points')
}

const whole = signed

function hasAttribute(root: Element, response: string, name: string, value: string): boolean {
  const isIt = root.attributes.get('response-identifier') === response && root.attributes.get(name) === value
  return isIt || elementsIn(root).some((child) => hasAttribute(child, response, name, value))
}

const rubricFor = (rubric: Element) => rubric.attributes.get('data-ikms-response')

/** What markers go by for a response: the one that names it, or one that names none. */
function rubricOf({ response }: Interaction, rubrics: readonly Element[]): Element | undefined {
  return (
    rubrics.find((each) => rubricFor(each) === response) ??
    rubrics.find((each) => rubricFor(each) === undefined)
  )
}

function readRubric(findings: Findings, root: Element, { response }: Interaction, rubric: Element): Key {
  const outcomes = elementsIn(root).filter(({ name }) => name === 'qti-outcome-declaration')
  const named = (identifier: string) =>
    outcomes.find((each) => each.attributes.get('identifier') === identifier)
  const outcome = named(`SCORE_${response}`) ?? named('SCORE') ?? refuse(root, 'no_points')
  const points = signed(outcome, outcome.attributes.get('normal-maximum'))
  const items = rows(rubric)
  const text = (element: Element) => {
    const lines = elementsIn(element).map((line) => textIn(line))
    return (lines.length > 0 ? lines : [textIn(element)])
      .map((line) => line.replace(/[ \t\r\n]+/g, ' ').trim())
      .filter((line) => line !== '')
      .join('\n')
  }
  if (items.length > 0) {
    const criteria = items.map((item) => ({
      points: signed(item, item.attributes.get('data-ikms-points')),
      text: text(item),
    }))
    return { kind: 'rubric', points, criteria }
  }
  findings.leave(rubric, 'criteria_joined')
  return { kind: 'rubric', points, criteria: [{ points, text: text(rubric) }] }
}

/** Criteria with their points, as we write them. */
function rows(element: Element): Element[] {
  return elementsIn(element).flatMap((child) =>
    child.name === 'li' && child.attributes.has('data-ikms-points') ? [child] : rows(child),
  )
}
