import { z } from 'zod'
import { Words } from '#terms/locale.ts'

/** Levels of monitoring tests, lowest first: 1 … 4. */
export const LEVELS = [1, 2, 3, 4] as const
export type Level = (typeof LEVELS)[number]

/** Domains of the framework. */
export const LevelDomain = z.enum(['reading', 'numeracy', 'science'])
/** Grades that are tested: level words are written for these. */
export const LevelGrade = z.union([z.literal(3), z.literal(6)])

const LevelNumber = z.number().int().min(1).max(4).describe('1 lowest … 4 highest')

/** What a child at a level can do in one strand, and what helps next. */
export const StrandLevel = z
  .object({
    level: LevelNumber,
    can: Words.describe('what a child at this level can do, in plain words, for a parent'),
    home: Words.describe('what to try at home'),
    school: Words.describe('what helps at school'),
  })
  .meta({ id: 'StrandLevel' })
export type StrandLevel = z.infer<typeof StrandLevel>

/** What the levels of one grade and domain mean: as a whole and strand by strand. */
export const DomainLevels = z
  .object({
    grade: LevelGrade,
    domain: LevelDomain,
    name: Words,
    summaries: z.array(z.object({ level: LevelNumber, summary: Words })).length(4),
    strands: z.array(z.object({ strand: z.string(), name: Words, levels: z.array(StrandLevel).length(4) })),
  })
  .meta({ id: 'DomainLevels' })
export type DomainLevels = z.infer<typeof DomainLevels>

/** The names of the levels and what they mean. */
export const LevelBook = z
  .object({
    version: z.string().describe('of the words; a new text is a new version'),
    levels: z.array(z.object({ level: LevelNumber, name: Words })).length(4),
    items: z.array(DomainLevels),
  })
  .meta({ id: 'LevelBook' })
export type LevelBook = z.infer<typeof LevelBook>
