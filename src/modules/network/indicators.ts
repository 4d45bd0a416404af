import type { Definition } from '#modules/indicators/define.ts'
import { buildingIndicators } from './indicators-buildings.ts'
import { costIndicators } from './indicators-costs.ts'
import { criterionIndicators } from './indicators-criteria.ts'
import { wayIndicators } from './indicators-ways.ts'

export const networkIndicators: readonly Definition[] = [
  ...criterionIndicators,
  ...buildingIndicators,
  ...costIndicators,
  ...wayIndicators,
]
