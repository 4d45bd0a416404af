import { z } from 'zod'
import { PlaceName, Words } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'

const Domain = z.enum(['reading', 'numeracy', 'science'])

/** Steps of a statement: with an adult, with some help, alone. */
export const Step = z.number().int().min(1).max(3)

/** What an assessor looks for: three observable steps, and what a family can do next. */
export const Statement = z
  .object({
    id: z.string().max(20),
    domain: Domain,
    name: Words,
    steps: z.array(Words).length(3).describe('with an adult, with some help, alone'),
    home: Words.describe('what to try at home'),
  })
  .meta({ id: 'ObservationStatement' })
export type Statement = z.infer<typeof Statement>

/** A rubric: statements in the order in which they are observed. */
export const Rubric = z
  .object({
    version: z.string(),
    steps: z.array(Words).length(3).describe('what the three steps are called'),
    domains: z.array(z.object({ domain: Domain, name: Words })),
    statements: z.array(Statement),
  })
  .meta({ id: 'ObservationRubric' })
export type Rubric = z.infer<typeof Rubric>

const Place = z.object({ id: z.uuid(), name: PlaceName })

/** A group an assessor observes; nobody is named. */
export const ObservedGroup = z
  .object({
    place: Place,
    schoolYear: SchoolYear,
    label: z.string().describe('of the group; empty where it has none'),
    children: z.number().int(),
    done: z.number().int().describe('of whom everything was observed'),
    absent: z.number().int(),
    closesAt: z.iso.datetime(),
  })
  .meta({ id: 'ObservedGroup' })
export type ObservedGroup = z.infer<typeof ObservedGroup>

/** A child of a group, with how far the observation is. */
export const ObservedChild = z
  .object({
    id: z.uuid(),
    name: z.string().nullable(),
    born: z.string().nullable().describe('month, YYYY-MM'),
    seen: z.number().int().describe('statements with an answer'),
    of: z.number().int().describe('statements there are for the child'),
    isDone: z.boolean(),
    isAbsent: z.boolean(),
  })
  .meta({ id: 'ObservedChild' })
export type ObservedChild = z.infer<typeof ObservedChild>

/** One child to observe, with what was seen so far. */
export const Observation = z
  .object({
    id: z.uuid(),
    name: z.string().nullable(),
    born: z.string().nullable().describe('month, YYYY-MM'),
    place: Place,
    label: z.string(),
    schoolYear: SchoolYear,
    domains: z.array(Domain).describe('in which the child is observed'),
    isAbsent: z.boolean(),
    closesAt: z.iso.datetime(),
    rubric: z.string().describe('version'),
    steps: z
      .record(z.string(), Step.nullable())
      .describe('by statement; null: not observed; left out: not asked yet'),
  })
  .meta({ id: 'Observation' })
export type Observation = z.infer<typeof Observation>

/** What came of one observation: a profile in words, without a score. */
export const PreschoolProfile = z
  .object({
    schoolYear: SchoolYear,
    place: Place.nullable(),
    observedOn: z.string().describe('day of the latest observation'),
    domains: z.array(
      z.object({
        domain: Domain,
        name: Words,
        statements: z.array(
          z.object({
            id: z.string(),
            name: Words,
            step: Step.nullable().describe('null: not observed'),
            words: Words.nullable().describe('what was seen'),
            next: Words.nullable().describe('the step that comes next; null: there is none'),
            home: Words.nullable().describe('what to try at home; null: no step was seen, or the last one'),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'PreschoolProfile' })
export type PreschoolProfile = z.infer<typeof PreschoolProfile>

/** A preschool group of the caller's school or an own one; nobody is named. */
export const OwnGroup = z
  .object({
    place: Place,
    schoolYear: SchoolYear,
    label: z.string().describe('of the group; empty where it has none'),
    children: z.number().int(),
    done: z.number().int().describe('of whom everything was observed'),
    absent: z.number().int(),
    exempt: z.number().int(),
    isTold: z.boolean().describe('schools have the results'),
  })
  .meta({ id: 'OwnPreschoolGroup' })
export type OwnGroup = z.infer<typeof OwnGroup>

/** A child of such a group with what was seen, in words; without a score. */
export const GroupProfile = z
  .object({
    id: z.uuid(),
    name: z.string().nullable(),
    status: z.enum(['expected', 'done', 'absent', 'exempt']),
    observedOn: z.string().nullable().describe('null: nothing that schools have yet'),
    domains: PreschoolProfile.shape.domains,
  })
  .meta({ id: 'PreschoolGroupProfile' })
export type GroupProfile = z.infer<typeof GroupProfile>

/** An assessor and where they observe. */
export const Assessor = z
  .object({
    mandate: z.uuid(),
    name: z.string().nullable(),
    assignments: z.array(z.object({ id: z.uuid(), place: Place, label: z.string().nullable() })),
  })
  .meta({ id: 'PreschoolAssessor' })
export type Assessor = z.infer<typeof Assessor>

/** A group on a roster of preschool; nobody is named. */
export const PreschoolGroup = z.object({ place: Place, label: z.string() }).meta({ id: 'PreschoolGroup' })
export type PreschoolGroup = z.infer<typeof PreschoolGroup>
