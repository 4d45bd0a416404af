import { roundIndicators } from '#modules/assessments/index.ts'
import { type Check, checksIndicators, type WatchedFigure } from '#modules/checks/index.ts'
import type { FreeDefinition } from '#modules/disclosure/index.ts'
import { growthIndicators } from '#modules/growth/index.ts'
import type { Definition } from '#modules/indicators/index.ts'
import { networkIndicators } from '#modules/network/index.ts'
import { recordsChecks, recordsFigures, recordsIndicators } from '#modules/records/index.ts'
import {
  registryChecks,
  registryFigures,
  registryFreeData,
  registryIndicators,
} from '#modules/registry/index.ts'

/** Every indicator there is, each defined in the module that owns its facts. Server and command line wire the same one. */
export const catalogue: readonly Definition[] = [
  ...registryIndicators,
  ...recordsIndicators,
  ...roundIndicators,
  ...growthIndicators,
  ...checksIndicators,
  ...networkIndicators,
]

/** Every data set that anybody may cut as they like, told with noise. */
export const freeData: readonly FreeDefinition[] = [...registryFreeData]

/** Every question asked of the records in the bank. */
export const checks: readonly Check[] = [...registryChecks, ...recordsChecks]

/** Every figure of institutions that is watched for sudden changes. */
export const figures: readonly WatchedFigure[] = [...registryFigures, ...recordsFigures]
