import { z } from 'zod'
import { Words } from '#terms/locale.ts'

/** Second looks as schools and families know them. */

const instant = z.iso.datetime({ offset: true })
const points = z.number().int().min(0)

/** Answers of a pupil that people marked, and what may be asked about them. */
export const MarkedAnswers = z
  .object({
    participant: z.uuid(),
    learner: z.string().nullable().describe('name'),
    name: Words.describe('of the round'),
    mayAsk: z.boolean().describe('preliminary results, or official ones for at most thirty days'),
    wish: z.string().nullable().describe('what the family wrote'),
    answers: z.array(
      z.object({
        position: z.number().int(),
        points,
        most: points,
        isAsked: z.boolean(),
        pointsAfter: points.nullable(),
      }),
    ),
  })
  .meta({ id: 'MarkedAnswers' })
export type MarkedAnswers = z.infer<typeof MarkedAnswers>

/** What the family of a pupil asked the school. */
export const LookWish = z
  .object({
    learner: z.uuid(),
    learnerName: z.string().nullable(),
    round: z.string(),
    name: Words,
    label: z.string().describe('class'),
    reason: z.string(),
    askedAt: instant,
    looks: points.describe('second looks the school asked for since'),
    decided: points.describe('of them'),
  })
  .meta({ id: 'LookWish' })
export type LookWish = z.infer<typeof LookWish>

/** What a family knows of second looks at the own test. */
export const OwnLooks = z
  .object({
    mayAsk: z.boolean(),
    wish: z.object({ askedAt: instant, reason: z.string() }).nullable(),
    looks: z.array(
      z.object({
        position: z.number().int(),
        askedAt: instant,
        pointsBefore: points,
        pointsAfter: points.nullable().describe('null: not decided yet'),
        isCounted: z.boolean().describe('the result was worked out again since'),
      }),
    ),
  })
  .meta({ id: 'OwnLooks' })
export type OwnLooks = z.infer<typeof OwnLooks>

export const WishRefusal = z.enum(['not_there', 'wrong_state', 'asked_already'])
export type WishRefusal = z.infer<typeof WishRefusal>
