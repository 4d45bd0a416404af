import { z } from 'zod'
import { DatedRule } from '#modules/disclosure/model.ts'

/** Answer of `/disclosure/rules`. */
export const RulesAnswer = z.object({ on: z.string(), items: z.array(DatedRule) })
