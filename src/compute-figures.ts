import type { Database } from '#db/connection.ts'
import { growAll } from '#modules/growth/index.ts'
import { type ComputeReport, compute } from '#modules/indicators/index.ts'
import { catalogue } from './catalogue.ts'

type Options = NonNullable<Parameters<typeof compute>[2]>

/** Every figure there is: first what has to be fitted, then the cubes that tell of it. */
export async function computeFigures(db: Database, options: Options = {}): Promise<ComputeReport> {
  await growAll(db)
  return compute(db, catalogue, options)
}
