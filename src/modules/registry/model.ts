import { z } from 'zod'
import { Day } from '#terms/day.ts'
import { TerritoryKind } from '#terms/level.ts'
import { PlaceName } from '#terms/locale.ts'
import { Sex } from '#terms/sex.ts'

export const Territory = z
  .object({
    id: z.uuid(),
    kind: TerritoryKind,
    code: z.string().describe('ATVK code, or the code of the source'),
    name: PlaceName,
    parentId: z.uuid().nullable().describe('region or state; null for the state'),
    institutions: z.number().int().describe('institutions in it today'),
  })
  .meta({ id: 'Territory' })
export type Territory = z.infer<typeof Territory>

export const Institution = z
  .object({
    id: z.uuid(),
    code: z.string().describe('registration number'),
    name: PlaceName,
    kind: z.string(),
    territoryId: z.uuid().describe('municipality of the legal address'),
  })
  .meta({ id: 'Institution' })
export type Institution = z.infer<typeof Institution>

/** A municipality’s square in the tile map of the country. */
export const Tile = z
  .object({
    territoryId: z.uuid(),
    name: PlaceName,
    short: z.string().describe('what stands in the square, at most 6 letters'),
    column: z.number().int().min(0).describe('from the west, the first is 0'),
    row: z.number().int().min(0).describe('from the north, the first is 0'),
  })
  .meta({ id: 'Tile' })
export type Tile = z.infer<typeof Tile>

/** The tile map as it holds on a day: every municipality one square, about where it lies. */
export const TileMap = z
  .object({
    day: Day,
    source: z.string().nullable().describe('who drew it; null where there is no map'),
    items: z.array(Tile),
  })
  .meta({ id: 'TileMap' })
export type TileMap = z.infer<typeof TileMap>

const LearnerResults = z.array(
  z.object({
    subject: z.string(),
    assessment: z.object({ lv: z.string(), en: z.string() }),
    value: z.number().describe('points of the scale'),
    maximum: z.number().describe('most points of the scale'),
    status: z.enum(['preliminary', 'after_appeal', 'official']),
  }),
)

/** A learner by name, for those who have a duty of care. Every reading of it is written into the audit trail. */
export const NamedLearner = z
  .object({
    id: z.uuid(),
    code: z.string().describe('personal code or the code of the source'),
    name: z.string().nullable().describe('null where the source gives no name'),
    sex: Sex,
    grade: z.number().int().describe('0 is preschool'),
    className: z.string().nullable(),
    results: LearnerResults,
  })
  .meta({ id: 'NamedLearner' })
export type NamedLearner = z.infer<typeof NamedLearner>

/** A learner as the learner and the parents see it. Every reading of it is written into the audit trail. */
export const OwnLearner = z
  .object({
    id: z.uuid(),
    name: z.string().nullable().describe('null where the source gives no name'),
    sex: Sex,
    school: z.object({ id: z.uuid(), name: PlaceName }).nullable().describe('of the latest enrolment'),
    schoolYear: z.number().int().nullable(),
    grade: z.number().int().nullable().describe('0 is preschool'),
    className: z.string().nullable(),
    results: LearnerResults,
  })
  .meta({ id: 'OwnLearner' })
export type OwnLearner = z.infer<typeof OwnLearner>
