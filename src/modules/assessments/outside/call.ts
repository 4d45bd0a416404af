import { z } from 'zod'

/** How a call of a model elsewhere ended. */
export const CallOutcome = z.enum([
  'answered',
  'timeout',
  'unreachable',
  'refused',
  'busy',
  'failed',
  'redirected',
  'too_long',
  'cut_short',
  'not_json',
  'wrong_shape',
  'resting',
])
export type CallOutcome = z.infer<typeof CallOutcome>

/** What a model elsewhere can be asked to do: points for a written answer, or drafts of an item. */
export type ModelTask = 'points' | 'item'

/** What is kept of every call: nothing that was asked or said. */
export interface ModelCall {
  task: ModelTask
  /** with the port where it is not the usual one */
  host: string
  outcome: CallOutcome
  milliseconds: number
  sentBytes: number
  gotBytes: number
}
