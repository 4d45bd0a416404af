import { refuse } from './findings.ts'
import { decimal } from './read-body.ts'
import { type Element, elementsIn, textIn } from './xml.ts'

/** How a response is scored, as response processing says. */
export type Rule =
  | { rule: 'all'; points: number }
  | { rule: 'map' }
  | { rule: 'parts' }
  | { rule: 'number'; accepted: { value: number | 'correct'; tolerance: number; points: number }[] }

/**
 * Recognises the ways of scoring that keys can hold. Anything else is refused: points that are given in another way than the
 * package says would be wrong, not merely different.
 *
 * @param responses  identifiers of the responses, in order
 */
export function readRules(processing: Element, responses: readonly string[]): Map<string, Rule> {
  const rules = new Map<string, Rule>()
  const template = processing.attributes.get('template') ?? ''
  const [only] = responses
  if (template !== '') {
    const name = /(match_correct|map_response)(\.xml)?$/.exec(template)?.[1]
    if (!name || !only || responses.length > 1) refuse(processing, 'unknown_scoring_template')
    rules.set(only!, name === 'map_response' ? { rule: 'map' } : { rule: 'all', points: 1 })
    return rules
  }
  const put = (element: Element, response: string, rule: Rule) => {
    const there = rules.get(response)
    if (there && !(there.rule === 'parts' && rule.rule === 'parts')) refuse(element, 'scored_twice')
    rules.set(response, rule)
  }
  for (const statement of elementsIn(processing)) {
    if (statement.name === 'qti-set-outcome-value') {
      const [expression] = elementsIn(statement)
      const added = expression?.name === 'qti-sum' ? elementsIn(expression) : [expression]
      for (const each of added) {
        if (each?.name === 'qti-map-response') put(each, identifierOf(each), { rule: 'map' })
        else if (each?.name !== 'qti-variable' || responses.includes(identifierOf(each)))
          refuse(each ?? statement, 'unknown_scoring')
      }
    } else if (statement.name === 'qti-response-condition') {
      const { response, rule } = readCondition(statement)
      put(statement, response, rule)
    } else refuse(statement, 'unknown_scoring')
  }
  return rules
}

const identifierOf = (element: Element) =>
  element.attributes.get('identifier') ?? refuse(element, 'no_identifier')

function readCondition(statement: Element): { response: string; rule: Rule } {
  const branches = elementsIn(statement)
  const otherwise = branches.at(-1)?.name === 'qti-response-else' ? branches.pop()! : null
  if (otherwise && elementsIn(otherwise).some((each) => pointsOf(each) !== 0))
    refuse(otherwise, 'unknown_scoring')
  const read = branches.map((branch) => {
    const [condition, action, more] = elementsIn(branch)
    if (!condition || !action || more) refuse(branch, 'unknown_scoring')
    return { ...readTest(condition!), points: pointsOf(action!), branch }
  })
  const [first] = read
  if (!first) refuse(statement, 'unknown_scoring')
  const { response, test } = first!
  if (test === 'number') {
    const accepted = read.map((each) => {
      if (each.response !== response || each.test !== 'number') refuse(each.branch, 'unknown_scoring')
      return { value: each.value!, tolerance: each.tolerance!, points: each.points }
    })
    return { response, rule: { rule: 'number', accepted } }
  }
  if (read.length > 1) refuse(statement, 'unknown_scoring')
  if (test === 'all') return { response, rule: { rule: 'all', points: first!.points } }
  return first!.points === 1 ? { response, rule: { rule: 'parts' } } : refuse(statement, 'unknown_scoring')
}

interface Test {
  response: string
  test: 'all' | 'part' | 'number'
  value?: number | 'correct'
  tolerance?: number
}

function readTest(condition: Element): Test {
  const [a, b] = elementsIn(condition)
  if (condition.name === 'qti-match' && a && b) {
    if (a.name === 'qti-variable' && b.name === 'qti-correct' && identifierOf(a) === identifierOf(b))
      return { response: identifierOf(a), test: 'all' }
    const [of, right] = [elementsIn(a)[0], elementsIn(b)[0]]
    const isSamePlace =
      a.name === 'qti-index' && b.name === 'qti-index' && a.attributes.get('n') === b.attributes.get('n')
    if (
      isSamePlace &&
      of?.name === 'qti-variable' &&
      right?.name === 'qti-correct' &&
      identifierOf(of) === identifierOf(right)
    )
      return { response: identifierOf(of), test: 'part' }
  }
  if (condition.name === 'qti-equal' && a?.name === 'qti-variable' && b) {
    const mode = condition.attributes.get('tolerance-mode') ?? 'exact'
    const said = (condition.attributes.get('tolerance') ?? '0').trim().split(/\s+/)
    const isEven = mode === 'exact' || (mode === 'absolute' && (said.length === 1 || said[0] === said[1]))
    if (!isEven) refuse(condition, 'unknown_tolerance')
    const tolerance = mode === 'exact' ? 0 : decimal(condition, said[0])
    if (b.name === 'qti-correct' && identifierOf(b) === identifierOf(a))
      return { response: identifierOf(a), test: 'number', value: 'correct', tolerance }
    if (b.name === 'qti-base-value')
      return { response: identifierOf(a), test: 'number', value: decimal(b, textIn(b)), tolerance }
  }
  return refuse(condition, 'unknown_scoring')
}

/** Points that an action gives: sets them, or adds them to what is there. */
function pointsOf(action: Element): number {
  const [expression] = elementsIn(action)
  if (action.name !== 'qti-set-outcome-value' || !expression) refuse(action, 'unknown_scoring')
  const [total, added, more] = elementsIn(expression!)
  const given =
    expression!.name === 'qti-sum' &&
    total?.name === 'qti-variable' &&
    identifierOf(total) === identifierOf(action) &&
    !more
      ? added
      : expression
  if (given?.name !== 'qti-base-value') refuse(action, 'unknown_scoring')
  const points = decimal(given!, textIn(given!))
  return Number.isInteger(points) ? points : refuse(given!, 'parts_of_points')
}
