import { z } from 'zod'
import { Words } from '#terms/locale.ts'

const Fault = z.object({ rule: z.string(), message: Words })

/** One field of one line as it will be read. */
export const PreviewCell = z
  .object({
    raw: z
      .string()
      .nullable()
      .describe('as the file has it, cut to 80 characters; null: not told, or not of the file'),
    value: z.string().nullable().describe('as it will be understood; null: nothing, not told, or refused'),
    refusal: Fault.nullable(),
  })
  .meta({ id: 'PreviewCell' })
export type PreviewCell = z.infer<typeof PreviewCell>

/** What a part of a mapping takes from which columns. */
export const PreviewField = z
  .object({
    path: z.string().describe('of the mapping, e.g. learner.sex; of a package the column'),
    label: Words,
    columns: z.string().array().describe('of the file; none: always the same'),
    secret: z.boolean().describe('of an identity: its values are never told'),
  })
  .meta({ id: 'PreviewField' })
export type PreviewField = z.infer<typeof PreviewField>

/** The first lines of a file as they will be read. */
export const PreviewTable = z
  .object({
    file: z.string(),
    fault: Fault.extend({ line: z.number().int() })
      .nullable()
      .describe('why the file cannot be read on from a line'),
    fields: PreviewField.array(),
    lines: z
      .object({
        line: z.number().int().describe('of the file; the header is line 1'),
        cells: PreviewCell.array().describe('one a field, in their order'),
        refusals: Fault.array().describe('of the line as a whole'),
      })
      .array(),
  })
  .meta({ id: 'PreviewTable' })
export type PreviewTable = z.infer<typeof PreviewTable>

/** A file that waits, as it will be read. */
export const Preview = z
  .object({
    tables: PreviewTable.array().describe('one; of a package one for each of its files'),
    problem: z
      .object({ code: z.string(), message: Words })
      .nullable()
      .describe('why there is nothing to show'),
  })
  .meta({ id: 'Preview' })
export type Preview = z.infer<typeof Preview>

/** Lines of a file that a preview shows. */
export const PREVIEWED = 20
