import { z } from 'zod'

const Scalar = z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()])
const Values = z.record(z.string(), Scalar)

/** What is new of one entity of the import contract. Which columns and keys there are is checked against the contract. */
const Change = z.strictObject({
  entity: z.string(),
  columns: z.array(z.string()).default([]),
  rows: z.array(Values).default([]),
  deleted: z.array(Values).default([]),
})

/** One page of what has changed at a source. */
export const ChangePage = z.strictObject({
  asOf: z.iso.datetime({ offset: true }),
  version: z.string().min(1).max(50),
  changes: z.array(Change),
  next: z.string().min(1).max(500),
  more: z.boolean(),
})
export type ChangePage = z.infer<typeof ChangePage>
