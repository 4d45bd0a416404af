import { z } from 'zod'
import type { CubeCell } from '#modules/indicators/model.ts'
import type { AbsenceReason } from '#terms/cell.ts'
import { Words } from '#terms/locale.ts'

/** Beyond the duty of care there is one audience so far: everybody. */
export const Audience = z.enum(['public'])
export type Audience = z.infer<typeof Audience>

/** A rule for one audience and topic on one day. */
export const Rule = z
  .object({
    audience: Audience,
    topic: z.string(),
    minimum: z.number().int().min(1).describe('fewest people behind a shown figure'),
    groupDisclosure: z.boolean().describe('hide a figure when everybody in the cell has the same value'),
    reason: Words,
  })
  .meta({ id: 'DisclosureRule' })
export type Rule = z.infer<typeof Rule>

/** A cell that went through the gate: its figure or the reason why it is not told. */
export type ProtectedCell = Omit<CubeCell, 'n'> & {
  n: number | null
  /** null: the figure is told */
  absent: AbsenceReason | null
  /** null: the distribution is told, or there is none */
  spreadAbsent: AbsenceReason | null
}
