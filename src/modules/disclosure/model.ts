import { z } from 'zod'
import type { CubeCell } from '#modules/indicators/model.ts'
import type { AbsenceReason } from '#terms/cell.ts'
import { Day } from '#terms/day.ts'
import { Level } from '#terms/level.ts'
import { PlaceName, Words } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'

/** Beyond the duty of care there is one audience so far: everybody. */
export const Audience = z.enum(['public'])
export type Audience = z.infer<typeof Audience>

/** A rule for one audience and topic on one day. */
export const Rule = z
  .object({
    audience: Audience,
    topic: z.string().max(40),
    minimum: z.number().int().min(1).max(1000).describe('fewest people behind a shown figure'),
    groupDisclosure: z.boolean().describe('hide a figure when everybody in the cell has the same value'),
    sensitive: z.boolean().describe('an especially sensitive topic'),
    protectBelow: z.number().int().min(0).max(100).describe('a hidden count must stay possible so far below'),
    protectAbove: z.number().int().min(1).max(100).describe('a hidden count must stay possible so far above'),
    dominance: z
      .object({ people: z.number().int().min(1).max(10), share: z.number().gt(0).lt(1) })
      .nullable()
      .describe('hide a figure when so few people hold more than this share of its sum; null: not asked'),
    decimals: z
      .number()
      .int()
      .min(0)
      .max(9)
      .nullable()
      .describe('decimals of told means and deviations; null: as computed'),
    reason: Words,
  })
  .meta({ id: 'DisclosureRule' })
export type Rule = z.infer<typeof Rule>

/** A rule with the days on which it holds: a changed rule is a new row, an old one is never edited. */
export const DatedRule = Rule.extend({
  from: Day.describe('first day in force'),
  until: Day.nullable().describe('last day in force; null: no end is set'),
}).meta({ id: 'DatedDisclosureRule' })
export type DatedRule = z.infer<typeof DatedRule>

/** What a steward may try: everything of a rule but its words, which stay those of the rule in force. */
export const RuleChange = Rule.omit({ reason: true }).meta({ id: 'DisclosureRuleChange' })
export type RuleChange = z.infer<typeof RuleChange>

/** Figures that were hidden because those beside them could not be proved safe; that they leak was not shown either. */
export const Withheld = z
  .object({
    indicators: z.array(z.string()).describe('codes, of the same people'),
    schoolYear: SchoolYear,
    subject: z.string(),
    units: z
      .number()
      .int()
      .nullable()
      .describe('of so many units everything about these people is hidden; null: of all'),
    figures: z.number().int().describe('hidden for it that were told otherwise'),
    counts: z.array(z.string()).describe('the counts without a proof, without unit; at most 3'),
  })
  .meta({ id: 'Withheld' })
export type Withheld = z.infer<typeof Withheld>

/** What the attack on a release found. It holds no true number of a hidden cell. */
export const AttackSummary = z
  .object({
    tables: z.number().int().describe('linked systems attacked'),
    cells: z.number().int(),
    hidden: z.number().int(),
    components: z.number().int().describe('groups of hidden cells that share no total'),
    largest: z.number().int().describe('hidden cells in the largest'),
    constructed: z.number().int().describe('proofs constructed without a programme'),
    programmes: z.number().int().describe('linear programmes solved'),
    tightest: z
      .object({
        key: z.string(),
        low: z.number(),
        high: z.number().nullable().describe('null: nothing bounds it from above'),
      })
      .nullable()
      .describe('the hidden count that the public can narrow most, with its bounds'),
    leaks: z.number().int().describe('0 in every release that was made'),
    insiders: z
      .number()
      .int()
      .describe('hidden counts that one person, who is alone in another hidden cell, can narrow further'),
    alreadyTold: z.number().int().describe('counts a rule would hide, but an earlier release told them'),
    withheld: z
      .array(Withheld)
      .optional()
      .describe(
        'hidden for want of a proof; left out in reports of releases made before these were told apart',
      ),
    seconds: z.number(),
  })
  .meta({ id: 'AttackSummary' })
export type AttackSummary = z.infer<typeof AttackSummary>

/** How many figures of an indicator and level are told now, and under the changed rule. */
export const TrialLine = z.object({
  indicator: z.string(),
  level: Level,
  told: z.number().int().describe('told under the rule in force'),
  toldThen: z.number().int().describe('told under the changed rule'),
  hides: z.number().int().describe('told now and hidden then'),
  shows: z.number().int().describe('hidden now and told then'),
})

/** What a changed rule would do to the current figures. Nothing is published by it. */
export const Trial = z
  .object({
    id: z.uuid(),
    askedBy: z.string().nullable().describe('name of the steward'),
    askedAt: z.iso.datetime({ offset: true }),
    rule: Rule,
    state: z.enum(['waiting', 'running', 'done', 'failed']),
    finishedAt: z.iso.datetime({ offset: true }).nullable(),
    report: z
      .object({
        lines: z.array(TrialLine),
        units: z
          .array(
            z.object({
              indicator: z.string(),
              level: Level,
              id: z.uuid().describe('territory or institution'),
              unit: PlaceName,
              figures: z.number().int(),
            }),
          )
          .describe('units that lose figures, most first; at most 200'),
        attack: AttackSummary.nullable().describe(
          'null: in trials of older versions, which refused what was not proved safe',
        ),
      })
      .nullable(),
  })
  .meta({ id: 'RuleTrial' })
export type Trial = z.infer<typeof Trial>

/** A trial in a list: what was asked and how it stands. */
export const TrialSummary = Trial.omit({ report: true }).meta({ id: 'RuleTrialSummary' })
export type TrialSummary = z.infer<typeof TrialSummary>

/** A cell that went through the gate: its figure or the reason why it is not told. */
export type ProtectedCell = Omit<CubeCell, 'n'> & {
  n: number | null
  /** null: the figure is told */
  absent: AbsenceReason | null
  /** null: the distribution is told, or there is none */
  spreadAbsent: AbsenceReason | null
}

/** A file of an extract, or why there is none. */
export const ExtractFileInfo = z
  .object({
    name: z.string().describe('e.g. learners-2026.parquet'),
    title: Words,
    schoolYear: SchoolYear,
    rows: z.number().int().describe('people'),
    leftOut: z.number().int().describe('people left out because they would stand out'),
    k: z.number().int().nullable().describe('fewest people who look the same'),
    refused: z
      .union([z.array(z.string()), z.literal('linkage')])
      .nullable()
      .describe(
        'what of the demand is not met in any form, or that a linkage is off; null: the file is there',
      ),
    bytes: z.number().int().nullable().describe('null: no file, or its thirty days are over'),
  })
  .meta({ id: 'ExtractFile' })
export type ExtractFileInfo = z.infer<typeof ExtractFileInfo>

/** An extract as the one who asked for it sees it. */
export const ExtractRequest = z
  .object({
    id: z.uuid(),
    purpose: z.literal('secure_room'),
    firstYear: SchoolYear,
    lastYear: SchoolYear,
    askedAt: z.iso.datetime({ offset: true }),
    madeAt: z.iso.datetime({ offset: true }).nullable().describe('null: not made yet'),
    untilAt: z.iso.datetime({ offset: true }).nullable().describe('the files can be fetched until then'),
    files: z.array(ExtractFileInfo),
  })
  .meta({ id: 'Extract' })
export type ExtractRequest = z.infer<typeof ExtractRequest>

/** Which school years an extract is asked of, both included. */
export const ExtractAsked = z
  .object({ firstYear: SchoolYear, lastYear: SchoolYear })
  .refine(({ firstYear, lastYear }) => firstYear <= lastYear && lastYear < firstYear + 12, {
    path: ['lastYear'],
  })
  .meta({ id: 'ExtractAsked' })
