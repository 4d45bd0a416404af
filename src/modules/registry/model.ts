import { z } from 'zod'
import { Day } from '#terms/day.ts'
import { TerritoryKind } from '#terms/level.ts'
import { PlaceName, Words } from '#terms/locale.ts'
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

/** A place that came before or after another one. */
export const RelatedPlace = z
  .object({
    id: z.uuid(),
    name: PlaceName,
    since: Day.describe('the first day on which the later one stood in the place of the earlier'),
  })
  .meta({ id: 'RelatedPlace' })
export type RelatedPlace = z.infer<typeof RelatedPlace>

const from = Day.nullable().describe('first day; null: not said, or always')
const until = Day.nullable().describe('last day; null: no end is known')

/** Where an institution teaches. */
export const Site = z
  .object({
    id: z.uuid(),
    name: Words.nullable().describe('null: as the institution'),
    address: z.string().nullable(),
    municipality: z.object({ id: z.uuid(), name: PlaceName }),
    lat: z.number().nullable().describe('degrees, WGS 84'),
    lon: z.number().nullable(),
    capacity: z.number().int().nullable().describe('learners'),
    buildingYear: z.number().int().nullable(),
    accessible: z.boolean().nullable().describe('null: not said'),
    from,
    until,
  })
  .meta({ id: 'Site' })
export type Site = z.infer<typeof Site>

/** A programme an institution offers. */
export const Programme = z
  .object({
    code: z.string().describe('8 characters of the Latvian classification of education'),
    language: z.string().nullable().describe('lv, minority, …'),
    form: z.enum(['full_time', 'evening', 'part_time', 'distance']).nullable(),
    specialType: z.number().int().nullable().describe('51–59; null: not a special programme'),
    licence: z.string().nullable(),
    from,
    until,
  })
  .meta({ id: 'Programme' })
export type Programme = z.infer<typeof Programme>

/** What the public register holds of an institution. No person is in it. */
export const InstitutionRegister = Institution.extend({
  type: z.string().nullable().describe('code of the source, e.g. basic, secondary, state_gymnasium'),
  founder: z
    .object({ name: Words, kind: z.enum(['state', 'municipality', 'private', 'university']) })
    .nullable(),
  address: z.string().nullable(),
  openedOn: Day.nullable(),
  closedOn: Day.nullable().describe('last day'),
  accreditedUntil: Day.nullable(),
  sites: z.array(Site).describe('those of today; of an institution that is closed, the last ones'),
  programmes: z.array(Programme).describe('those of today; of an institution that is closed, the last ones'),
  predecessors: z.array(RelatedPlace),
  successors: z.array(RelatedPlace),
}).meta({ id: 'InstitutionRegister' })
export type InstitutionRegister = z.infer<typeof InstitutionRegister>

/** What the public register holds of a territory. */
export const TerritoryRegister = Territory.extend({
  from,
  until,
  predecessors: z.array(RelatedPlace),
  successors: z.array(RelatedPlace),
}).meta({ id: 'TerritoryRegister' })
export type TerritoryRegister = z.infer<typeof TerritoryRegister>

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

/** Borders of municipalities, simplified for the screen. */
export const BoundaryMap = z
  .object({
    day: Day.describe('the day asked for'),
    from: Day.nullable().describe('first day of these borders; null: there are none for that day'),
    source: z.string().nullable().describe('who surveyed or drew them'),
    licence: z.string().nullable().describe('under which they may be shown'),
    items: z.array(
      z.object({
        territoryId: z.uuid(),
        name: PlaceName,
        polygons: z
          .array(z.array(z.array(z.array(z.number()))))
          .describe('rings of [longitude, latitude] in degrees (WGS 84), as in a GeoJSON MultiPolygon'),
      }),
    ),
  })
  .meta({ id: 'BoundaryMap' })
export type BoundaryMap = z.infer<typeof BoundaryMap>

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

/** What one code means. */
export const ClassifierEntry = z
  .object({
    code: z.string(),
    label: Words,
    parentCode: z.string().nullable().describe('broader code, of this classifier or of the one it refines'),
    from: Day.nullable().describe('first day; null: always'),
    until: Day.nullable().describe('last day; null: no end is known'),
  })
  .meta({ id: 'ClassifierEntry' })
export type ClassifierEntry = z.infer<typeof ClassifierEntry>

/** A list of codes with what they mean. */
export const Classifier = z
  .object({
    name: z.string().describe('leave_reason, subject, …'),
    title: Words.nullable().describe('null: a list the system has no name for'),
    usedIn: z.array(z.string()).describe('file and column of the import contract: enrolments.leave_reason'),
    entries: z.array(ClassifierEntry).describe('in the order of the list'),
  })
  .meta({ id: 'Classifier' })
export type Classifier = z.infer<typeof Classifier>
