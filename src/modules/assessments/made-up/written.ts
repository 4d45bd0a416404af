import type { Key } from '../content/key.ts'
import type { Answer } from '../content/response.ts'
import { writtenTexts } from './written-texts.ts'

type Rubric = Extract<Key, { kind: 'rubric' }>

/**
 * Made-up long answers to a question by the points a good marker gives them. A question nobody wrote answers for gets the words
 * of its own rubric.
 */
export function writtenAnswers(code: string, key: Rubric): ReadonlyMap<number, readonly Answer[]> {
  const own = writtenTexts[code]
  if (own) return new Map(Object.entries(own).map(([points, texts]) => [Number(points), texts]))
  return new Map(key.criteria.map(({ points, text }) => [points, points === 0 ? ['nezinu'] : [text]]))
}
