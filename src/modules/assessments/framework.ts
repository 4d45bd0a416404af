import { z } from 'zod'
import { Words } from '#terms/locale.ts'
import { Id } from './content/body.ts'
import { Place } from './content/item.ts'

const Named = z.object({ id: Id, name: Words })

/** What tests are about: domains with their strands and outcomes, and the cognitive processes that run through all. */
export const Framework = z
  .object({
    version: z.string().max(20),
    processes: z.array(Named).min(1),
    domains: z
      .array(
        Named.extend({
          id: Place.shape.domain,
          strands: z.array(Named).min(1),
          outcomes: z.array(Named.extend({ grade: Place.shape.grade, strand: Id })),
        }),
      )
      .min(1),
  })
  .meta({ id: 'AssessmentFramework' })
export type Framework = z.infer<typeof Framework>

/** Why an item has no place in a framework; null: it has one. */
export function misplaced({ domains, processes }: Framework, place: Place): string | null {
  const domain = domains.find(({ id }) => id === place.domain)
  if (!domain) return `there is no domain ${place.domain}`
  if (!domain.strands.some(({ id }) => id === place.strand)) return `there is no strand ${place.strand}`
  if (!processes.some(({ id }) => id === place.process)) return `there is no process ${place.process}`
  const fits = domain.outcomes.some(
    ({ id, grade, strand }) => id === place.outcome && grade === place.grade && strand === place.strand,
  )
  return place.outcome === null || fits ? null : `outcome ${place.outcome} is not of this grade and strand`
}
