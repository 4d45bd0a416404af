import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import type { Api } from '#http/route.ts'
import type { ShortRoute } from '#http/short-way.ts'
import type { Uploads } from '#modules/intake/index.ts'
import { assemblyRoutes } from './assembly/routes.ts'
import { boardRoutes } from './delivery/board-routes.ts'
import { sittingRoutes } from './delivery/sitting-routes.ts'
import type { Drafter } from './drafting/drafter.ts'
import { draftRoutes } from './drafting/routes.ts'
import { levelRoutes } from './levels/routes.ts'
import { lookRoutes } from './marking/look-routes.ts'
import { markingRoutes } from './marking/routes.ts'
import type { Suggester } from './marking/suggest/suggester.ts'
import { itemPackageRoutes } from './package-routes.ts'
import { preschoolGroupRoutes } from './preschool/group-routes.ts'
import { observationRoutes } from './preschool/routes.ts'
import { type ResultParts, resultRoutes } from './results/routes.ts'
import { roundFileRoutes } from './rounds/file-routes.ts'
import { roundRoutes } from './rounds/routes.ts'
import { sessionRoutes } from './rounds/session-routes.ts'
import { itemRoutes } from './routes.ts'
import { panelRoutes } from './scaling/panel-routes.ts'
import { scalingRoutes } from './scaling/routes.ts'

export interface AssessmentParts {
  db: Database
  keys: Keys
  /** where files wait; without it none can be sent */
  uploads: Uploads | undefined
  /** a model elsewhere that suggests points; without, there is only the shipped suggester */
  outside: Suggester | null
  /** a model elsewhere that suggests drafts of items; without, nobody is asked for any */
  drafter: Drafter | null
  printResult: ResultParts['print']
}

/**
 * Everything the API answers about tests, from items to results.
 *
 * @returns  what a whole country asks at once while it sits a test: routes of the short way
 */
export function assessmentRoutes(api: Api, parts: AssessmentParts): ShortRoute[] {
  const { keys } = parts
  itemRoutes(api)
  itemPackageRoutes(api)
  draftRoutes(api, parts.drafter)
  assemblyRoutes(api)
  roundRoutes(api)
  roundFileRoutes(api, parts.uploads)
  scalingRoutes(api)
  panelRoutes(api)
  sessionRoutes(api, keys)
  const short = sittingRoutes(api, parts)
  boardRoutes(api, parts)
  lookRoutes(api, keys)
  markingRoutes(api, { outside: parts.outside })
  resultRoutes(api, { keys, print: parts.printResult })
  levelRoutes(api)
  observationRoutes(api, keys)
  preschoolGroupRoutes(api, keys)
  return short
}
