import { z } from 'zod'
import { Day } from '#terms/day.ts'
import { Words } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'
import { ImportedKind } from '../model.ts'

/**
 * A mapping declares how a foreign flat file becomes our entities: which column is what, and constants for what the file
 * lacks. One line of the file speaks of one learner in one institution, with any number of enrolments and results.
 */

const columnName = z.string().min(1)

/** Limits a source may set tighter than ours. */
const limits = {
  optional: z.boolean().optional().describe('an empty value is allowed'),
  values: z
    .record(z.string(), z.union([z.string(), z.number(), z.null()]))
    .optional()
    .describe('what the file writes → what we write; null: as if it were empty. Nothing else is allowed'),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maximumLength: z.number().int().positive().optional().describe('characters'),
  decimal: z.enum(['point', 'comma']).optional().describe('how fractions are written; point when left out'),
  days: z
    .enum(['YYYY-MM-DD', 'DD.MM.YYYY'])
    .optional()
    .describe('how days are written; YYYY-MM-DD when left out'),
}

/** Where a value comes from. What it must be is decided by what it is for. */
export const Source = z.union(
  [
    z.strictObject({ column: columnName, ...limits }),
    z.strictObject({ constant: z.union([z.string(), z.number()]) }),
    z.strictObject({
      template: z
        .string()
        .regex(/\{[^{}]+\}/, { error: 'expected words with a column in braces: Skola {school}' })
        .describe('words with columns in braces: Skola {school}'),
    }),
  ],
  { error: 'expected { "column": … }, { "constant": … } or { "template": "… {column} …" }' },
)
export type Source = z.infer<typeof Source>

/** A month counted back from another: `months` before `from`. For files that give an age. */
const MonthBefore = z.strictObject({ monthsBefore: z.string().regex(/^\d{4}-\d{2}$/), column: columnName })

const InBoth = z.strictObject({ lv: Source, en: Source })

/** A place is described (`name` is there) or only referred to, and then the register must know its code. */
const place = {
  code: Source,
  name: InBoth.optional(),
  genitive: Source.optional(),
  locative: Source.optional(),
  since: Source.optional().describe('day from which this name and place hold; always when left out'),
}
const Territory = z.strictObject(place)
const Institution = z.strictObject({ ...place, kind: Source.optional().describe('school when left out') })

const Learner = z.strictObject({
  code: Source.describe('identity: sealed, never shown in a report'),
  name: Source.optional().describe('identity: sealed, never shown in a report'),
  sex: Source.optional().describe('left out: the register must know the learner already'),
  birthMonth: z.union([MonthBefore, Source]).optional().describe('YYYY-MM'),
})

const Enrolment = z.strictObject({
  schoolYear: Source,
  grade: Source.describe('0 is preschool'),
  className: Source.optional(),
  from: Source.optional().describe('first day; 1 September of the school year when left out'),
  to: Source.optional().describe('last day; 31 August when left out'),
  main: z.boolean().default(true).describe('the main place of study, where the learner is counted'),
  optional: z.boolean().default(false).describe('no enrolment where the grade is empty'),
})

const Scale = z
  .strictObject({ code: z.string().min(1), name: Words, minimum: z.number(), maximum: z.number() })
  .refine((scale) => scale.minimum < scale.maximum, {
    path: ['maximum'],
    error: 'expected more than the minimum',
  })

const Assessment = z.strictObject({
  code: z.string().min(1),
  subject: z.string().regex(/^[a-z0-9-]+$/, { error: 'expected small letters, digits and dashes' }),
  name: Words,
  schoolYear: SchoolYear,
  grade: z.number().int().min(0).max(13).optional().describe('the tested grade'),
  heldOn: Day.optional(),
  scale: z.string().describe('code of a scale of this mapping'),
  startsFrom: z.string().optional().describe('code of the round progress is measured from'),
})

const Result = z.strictObject({
  assessment: z.string().describe('code of an assessment of this mapping'),
  value: Source.describe('points of the scale'),
  status: Source.default({ constant: 'official' }),
})

export const Mapping = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9-]+$/, { error: 'expected small letters, digits and dashes' })
      .describe('of the source, in the report'),
    dataKind: ImportedKind,
    file: z.strictObject({
      delimiter: z.enum([',', ';', '\t', '|']).default(','),
      encoding: z.enum(['utf-8', 'windows-1257']).default('utf-8'),
      columns: columnName.array().min(1).describe('all columns of the file, in any order'),
    }),
    state: z.strictObject({
      code: z.string().min(1),
      name: Words,
      genitive: z.string(),
      locative: z.string(),
    }),
    region: Territory.optional(),
    municipality: Territory.optional().describe('may be left out where the institution is only referred to'),
    institution: Institution,
    learner: Learner,
    enrolments: Enrolment.array().default([]),
    scales: Scale.array().default([]),
    assessments: Assessment.array().default([]),
    results: Result.array().default([]),
  })
  .superRefine((mapping, check) => {
    const say = (path: PropertyKey[], message: string) =>
      check.addIssue({ code: 'custom', path: path as (string | number)[], message })
    const known = new Set(mapping.file.columns)
    if (known.size < mapping.file.columns.length) say(['file', 'columns'], 'expected every column once')
    for (const { path, column } of columnsUsed(mapping)) {
      if (!known.has(column)) say(path, `expected a column of file.columns, got "${column}"`)
    }
    const unique = (list: 'scales' | 'assessments') => {
      const codes = new Set<string>()
      mapping[list].forEach(({ code }, at) => {
        if (codes.has(code)) say([list, at, 'code'], `expected another code: "${code}" is taken`)
        codes.add(code)
      })
      return codes
    }
    const scales = unique('scales')
    const assessments = unique('assessments')
    mapping.assessments.forEach(({ scale, startsFrom }, at) => {
      if (!scales.has(scale))
        say(['assessments', at, 'scale'], `expected the code of a scale, got "${scale}"`)
      if (
        startsFrom !== undefined &&
        !mapping.assessments.slice(0, at).some(({ code }) => code === startsFrom)
      ) {
        say(
          ['assessments', at, 'startsFrom'],
          `expected the code of an assessment before it, got "${startsFrom}"`,
        )
      }
    })
    mapping.results.forEach(({ assessment }, at) => {
      if (!assessments.has(assessment)) {
        say(['results', at, 'assessment'], `expected the code of an assessment, got "${assessment}"`)
      }
    })
    if (mapping.institution.name && !mapping.municipality) {
      say(['municipality'], 'expected the municipality of an institution that is described')
    }
    if (mapping.enrolments.length + mapping.results.length === 0) {
      say(['enrolments'], 'expected at least one enrolment or result')
    }
  })
export type Mapping = z.infer<typeof Mapping>

/** Every column some field is read from, with the path of the field. */
function columnsUsed(part: unknown, path: PropertyKey[] = []): { path: PropertyKey[]; column: string }[] {
  if (Array.isArray(part)) return part.flatMap((each, at) => columnsUsed(each, [...path, at]))
  if (typeof part !== 'object' || part === null) return []
  const found: { path: PropertyKey[]; column: string }[] = []
  if ('column' in part && typeof part.column === 'string') found.push({ path, column: part.column })
  if ('template' in part && typeof part.template === 'string') {
    found.push(...templateColumns(part.template).map((column) => ({ path, column })))
  }
  return [...found, ...Object.entries(part).flatMap(([key, each]) => columnsUsed(each, [...path, key]))]
}

/** `Skola {school}` → school */
export function templateColumns(template: string): string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map(([, column]) => column!)
}
