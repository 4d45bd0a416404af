import type { Definition } from '#modules/indicators/define.ts'
import { buildingIndicators } from './indicators-buildings.ts'
import { closingIndicators } from './indicators-closing.ts'
import { costIndicators } from './indicators-costs.ts'
import { criterionIndicators } from './indicators-criteria.ts'
import { homeIndicators } from './indicators-home.ts'
import { projectionIndicators } from './indicators-projection.ts'
import { resultIndicators } from './indicators-results.ts'
import { wayIndicators } from './indicators-ways.ts'

export const networkIndicators: readonly Definition[] = [
  ...criterionIndicators,
  ...buildingIndicators,
  ...costIndicators,
  ...wayIndicators,
  ...closingIndicators,
  ...homeIndicators,
  ...projectionIndicators,
  ...resultIndicators,
]
