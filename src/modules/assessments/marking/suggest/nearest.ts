import type { AskedPoints, MarkedAnswer, SuggestedPoints, Suggester } from './suggester.ts'

const NEIGHBOURS = 5
const LEAST_LIKENESS = 0.3
const LEAST_LEARNT = 5 // answers
const LONGEST = 2000 // characters that are compared

/**
 * The suggester that comes with the product: points of the marked answers that are most like this one. Answers are alike by the
 * cosine of their words and three-letter pieces, rare ones counting more; the five nearest vote with the square of their likeness. It
 * shows those five, so that a person sees where the suggestion comes from.
 */
export const nearest: Suggester = {
  name: 'nearest',
  suggest: (asked) => Promise.resolve(nearestPoints(asked)),
}

/** The same, at once. */
export function nearestPoints({
  answer,
  learnt,
}: Pick<AskedPoints, 'answer' | 'learnt'>): SuggestedPoints | null {
  if (learnt.length < LEAST_LEARNT) return null
  const neighbours = likest(answer, learnt)
  if (neighbours.length === 0) return null
  const votes = new Map<number, number>()
  for (const { points, likeness } of neighbours) {
    votes.set(points, (votes.get(points) ?? 0) + likeness * likeness)
  }
  const all = [...votes.values()].reduce((sum, each) => sum + each, 0)
  const [points, weight] = [...votes].reduce((best, each) => (each[1] > best[1] ? each : best))
  return { points, support: weight / all, neighbours, why: null }
}

function likest(answer: string, learnt: readonly MarkedAnswer[]): SuggestedPoints['neighbours'] {
  const known = learnt.map(({ text }) => piecesOf(text))
  const inHowMany = new Map<string, number>()
  for (const pieces of known) {
    for (const piece of pieces.keys()) inHowMany.set(piece, (inHowMany.get(piece) ?? 0) + 1)
  }
  const weigh = (pieces: ReadonlyMap<string, number>) =>
    new Map(
      [...pieces].map(([piece, count]) => [
        piece,
        (1 + Math.log(count)) * Math.log((1 + learnt.length) / (1 + (inHowMany.get(piece) ?? 0)) + 1),
      ]),
    )
  const own = weigh(piecesOf(answer))
  return learnt
    .map(({ text, points }, at) => ({ text, points, likeness: cosine(own, weigh(known[at]!)) }))
    .filter(({ likeness }) => likeness >= LEAST_LIKENESS)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, NEIGHBOURS)
}

/** Words and pieces of three characters, with how often they come. Capitals, marks of punctuation and spaces do not count. */
export function piecesOf(text: string): Map<string, number> {
  const plain = text
    .slice(0, LONGEST)
    .normalize('NFC')
    .toLocaleLowerCase('lv')
    .replace(/(\d)[.,](\d)/g, '$1,$2')
    .replace(/[^\p{L}\p{N}%,+\-−=<>/:·*]+|,(?!\d)/gu, ' ')
    .trim()
  const pieces = new Map<string, number>()
  const count = (piece: string) => pieces.set(piece, (pieces.get(piece) ?? 0) + 1)
  for (const word of plain.split(/\s+/)) if (word !== '') count(`word ${word}`)
  const spaced = ` ${plain.replace(/\s+/g, ' ')} `
  for (let at = 0; at + 3 <= spaced.length; at += 1) count(spaced.slice(at, at + 3))
  return pieces
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let both = 0
  for (const [piece, weight] of a) both += weight * (b.get(piece) ?? 0)
  const length = Math.sqrt(squares(a) * squares(b))
  return length === 0 ? 0 : Math.min(1, both / length)
}

function squares(weights: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const weight of weights.values()) sum += weight * weight
  return sum
}
