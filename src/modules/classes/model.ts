import { z } from 'zod'
import { Difference } from '#terms/cell.ts'
import { PlaceName } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'

export const SchoolClass = z
  .object({
    id: z.uuid(),
    name: z.string().describe('e.g. 3.a'),
    grade: z.number().int().describe('0: preschool'),
    schoolYear: SchoolYear,
  })
  .meta({ id: 'SchoolClass' })
export type SchoolClass = z.infer<typeof SchoolClass>

export const OwnClasses = z
  .object({
    schoolYear: SchoolYear.nullable().describe('null: there is no class'),
    schoolYears: z.array(SchoolYear).describe('with classes, ascending'),
    items: z.array(SchoolClass).describe('by grade and name'),
  })
  .meta({ id: 'OwnClasses' })
export type OwnClasses = z.infer<typeof OwnClasses>

/** What is known of a class: indicators of the catalogue by their code, and two that only a class has. */
export const ClassMeasure = z.enum([
  'ACH-01',
  'ACH-02',
  'ACH-03',
  'ACH-05',
  'CON-03',
  'CON-04',
  'TEA-02',
  'ACC-01',
  'SAF-03',
  'SAF-04',
  'missed',
])
export type ClassMeasure = z.infer<typeof ClassMeasure>

const Estimate = z.object({
  n: z.number().int().describe('learners; of lessons classes'),
  value: z.number().nullable().describe('unit of the indicator; a share is 0–1; null: nothing to divide by'),
  low: z.number().nullable().describe('lower end of the 95 % interval'),
  high: z.number().nullable().describe('upper end of the 95 % interval'),
})
export type ClassEstimate = z.infer<typeof Estimate>

export const ClassFigure = z
  .object({
    measure: ClassMeasure.describe('code of the catalogue; missed: lessons missed, excused or not'),
    subject: z.string().describe('what was tested or taught; -: all together'),
    own: Estimate,
    school: Estimate.nullable().describe(
      'the same grades of the school, this class among them; null: there are too few others, so that they cannot be told to a class teacher',
    ),
    difference: Difference.nullable().describe('the class minus the others of these grades'),
  })
  .meta({ id: 'ClassFigure' })
export type ClassFigure = z.infer<typeof ClassFigure>

const MarkCounts = z.object({
  n: z.number().int(),
  mean: z.number(),
  counts: z.array(z.object({ mark: z.number().int(), n: z.number().int() })).describe('ascending by mark'),
})

export const ClassMarks = z
  .object({
    subject: z.string(),
    scale: z.enum(['ten', 'levels']).describe('1–10, or levels 1–4 (S, T, A, P)'),
    markOf: z.enum(['first', 'second', 'year']).describe('of the first or second term, or of the year'),
    own: MarkCounts,
    school: MarkCounts.nullable().describe('as in figures'),
  })
  .meta({ id: 'ClassMarks' })
export type ClassMarks = z.infer<typeof ClassMarks>

export const ClassFigures = z
  .object({
    class: SchoolClass,
    school: z.object({ id: z.uuid(), name: PlaceName }),
    grades: z.object({ from: z.number().int(), to: z.number().int() }).describe('what “school” stands for'),
    pupils: z.number().int().describe('on 1 October'),
    girls: z.number().int().nullable().describe('null: sex is not known'),
    figures: z.array(ClassFigure).describe('in the order of the framework'),
    marks: z.array(ClassMarks).describe('by subject'),
  })
  .meta({ id: 'ClassFigures' })
export type ClassFigures = z.infer<typeof ClassFigures>
