import { z } from 'zod'
import { Id, Label, Lines } from './body.ts'

/** What is right, and how points are given. Kept apart from the body: a pupil's client never gets it. */

const points = z.number().int().min(0).max(20)
const some = z.number().int().min(-20).max(20)
const number = z.number().min(-1e9).max(1e9)

/** Of choices, hot text and gaps with a list. */
const ChoiceKey = z.discriminatedUnion('rule', [
  z.object({
    kind: z.literal('choice'),
    rule: z.literal('all').describe('exactly the right ones give the points'),
    correct: z.array(Id).min(1),
    points: points.min(1),
  }),
  z.object({
    kind: z.literal('choice'),
    rule: z.literal('map').describe('each chosen one gives or takes points'),
    correct: z.array(Id).min(1),
    points: points.min(1).describe('never more than this, never below 0'),
    map: z.array(z.object({ id: Id, points: some })).min(1),
  }),
])
const Pair = z.object({ left: Id, right: Id })
const MatchKey = z.discriminatedUnion('rule', [
  z.object({
    kind: z.literal('match'),
    rule: z.literal('all'),
    correct: z.array(Pair).min(1),
    points: points.min(1),
  }),
  z.object({
    kind: z.literal('match'),
    rule: z.literal('map'),
    correct: z.array(Pair).min(1),
    points: points.min(1),
    map: z.array(Pair.extend({ points: some })).min(1),
  }),
])
const OrderKey = z.object({
  kind: z.literal('order'),
  rule: z.enum(['all', 'parts']).describe('parts: one point for each that stands in its place'),
  correct: z.array(Id).min(2),
  points: points.min(1),
})
const NumberKey = z.object({
  kind: z.literal('number'),
  accepted: z
    .array(z.object({ value: number, tolerance: z.number().min(0).max(1e9), points: points.min(1) }))
    .min(1)
    .max(10)
    .describe('the first that fits gives the points; decimal comma and point are both understood'),
})
const TextKey = z.object({
  kind: z.literal('text'),
  accepted: z
    .array(z.object({ text: Label, points: points.min(1) }))
    .min(1)
    .max(30),
  ignoreCase: z.boolean(),
  ignoreDiacritics: z.boolean().describe('„egle” for „eglē”: only where spelling is not what is asked'),
})
const RubricKey = z.object({
  kind: z.literal('rubric'),
  points: points.min(1),
  criteria: z
    .array(z.object({ points, text: Lines }))
    .min(1)
    .max(12)
    .describe('what an answer that deserves the points shows'),
})

export const Key = z.union([ChoiceKey, MatchKey, OrderKey, NumberKey, TextKey, RubricKey])
export type Key = z.infer<typeof Key>
export const Keys = z.record(Id, Key)
export type Keys = z.infer<typeof Keys>

/** The most points a key can give. */
export function mostPoints(key: Key): number {
  if (key.kind === 'number' || key.kind === 'text')
    return Math.max(...key.accepted.map(({ points }) => points))
  return key.points
}
