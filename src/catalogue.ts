import type { FreeDefinition } from '#modules/disclosure/index.ts'
import type { Definition } from '#modules/indicators/index.ts'
import { recordsIndicators } from '#modules/records/index.ts'
import { registryFreeData, registryIndicators } from '#modules/registry/index.ts'

/** Every indicator there is, each defined in the module that owns its facts. Server and command line wire the same one. */
export const catalogue: readonly Definition[] = [...registryIndicators, ...recordsIndicators]

/** Every data set that anybody may cut as they like, told with noise. */
export const freeData: readonly FreeDefinition[] = [...registryFreeData]
