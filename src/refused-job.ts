import { OtherRecordKeys } from '#modules/disclosure/index.ts'
import { JobRefused } from '#modules/jobs/index.ts'

/** What would be refused again however often it is tried. */
export function refused(error: unknown): never {
  if (error instanceof OtherRecordKeys) throw new JobRefused('keys.lost')
  throw error
}
