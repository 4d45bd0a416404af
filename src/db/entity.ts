import type { z } from 'zod'
import type { Words } from '#terms/locale.ts'

/**
 * An entity of the import contract, declared once: from this come reading and checking, staging, merge, deletions, the CSVW
 * description and the guide.
 */
export interface EntityDefinition {
  /** Name of the file without `.csv`. */
  name: string
  words: Words
  columns: Readonly<Record<string, EntityColumn>>
  /** Columns that say which one is meant; a deletion gives these and no other. */
  key: readonly string[]
  destination: Destination
  /** First and last day, which must not be the wrong way round. */
  days?: readonly [first: string, last: string]
  /** What a row must not say. */
  contradictions?: readonly Contradiction[]
  /** Tables that refer to it: what is still referred to is not withdrawn. */
  usedBy?: readonly { table: string; column: string; where?: string }[]
}

export interface EntityColumn {
  /** What a value is; the zod schema is what reading, CSVW and guide are made of. */
  schema: z.ZodType
  words: Words
  /** May be left out, then the bank keeps what it holds; may be empty, then there is nothing. */
  isOptional?: boolean
  /** Column of the table; the same name when left out, null when it is used otherwise. */
  to?: string | null
  /** Entity whose key the value is; its id is stored. Of the entity itself: resolved when the whole file is read. */
  refersTo?: string
  /** Only those of this kind. */
  ofKind?: string
  /** Identity: hashed or sealed before it leaves the program, never repeated in a report. */
  isSecret?: boolean
  /** Several codes with spaces between them. */
  isList?: boolean
}

export type Destination = ToVersions | ToFacts | ToLearnerFacts | { as: 'own' }

/** A thing with an id and a description that holds for a time, until the next one known. */
export interface ToVersions {
  as: 'versions'
  table: string
  id: string
  /** Table of the things themselves, and which columns of the file stand in it. */
  register: string
  registerColumns?: readonly string[]
  /** Columns of the table with what is said, in the order in which they are hashed. */
  said: readonly string[]
  /** Columns of the table that came after rows had been hashed: they count in the hash only where there is one. */
  later?: readonly string[]
  /** Columns that are so for all time: learning them makes no new description. */
  constant?: readonly string[]
  /** Column of the file with the first day of the description. */
  since?: string
  /** Column of the file with the last day of the thing. */
  until?: string
  /** Column of the file with the first day of the thing. */
  start?: string
  /** Column of the file with the code it had before. */
  previous?: string
  /** Column of the file with the codes of what came after it, and the kind under which successions are kept. */
  successors?: { column: string; kind: 'territory' | 'institution' }
  /** A complete file withdraws what it lacks of these; everything when left out. */
  scope?: readonly string[]
  /** SQL for columns that are not simply copied, by column of the table; `s` is the staged row, `own_code` knows all codes. */
  derived?: Readonly<Record<string, string>>
}

/** A fact with a natural key; said differently, it takes the place of the earlier. */
export interface ToFacts {
  as: 'facts'
  table: string
  /** Columns of the table. */
  key: readonly string[]
  /** A complete file withdraws what it lacks of these: columns of the table. */
  scope: readonly string[]
  /** SQL of the valid time from the staged row `s`; left out where the table has none. */
  valid?: string
  /** Columns of the file it is made of. */
  validFrom?: readonly string[]
  /** Where the fact is a thing with an id of its own. */
  register?: { table: string; id: string }
}

/** A fact about a learner, who is only referred to; one table has millions of them. */
export interface ToLearnerFacts {
  as: 'learner_facts'
  table: string
  /** Columns of the table, `learner_id` first; none of them is ever empty. */
  key: readonly ['learner_id', ...string[]]
  /** A complete file withdraws what it lacks of these: columns of the table. */
  scope: readonly string[]
}

/** Rows that contradict themselves: SQL of the condition on the staged row `s`, and which rule is broken in which column. */
export interface Contradiction {
  rule: string
  column: string
  where: string
}

/** Declares an entity; the names of its columns become its type. */
export function entity<const D extends EntityDefinition>(definition: D): D {
  return definition
}

/** Declares a column: what a value is, and what it means. */
export function column(
  schema: z.ZodType,
  lv: string,
  en: string,
  more: Partial<EntityColumn> = {},
): EntityColumn {
  return { schema, words: { lv, en }, ...more }
}

/** The same, for one that may be left out or empty. */
export function optional(
  schema: z.ZodType,
  lv: string,
  en: string,
  more: Partial<EntityColumn> = {},
): EntityColumn {
  return column(schema, lv, en, { isOptional: true, ...more })
}
