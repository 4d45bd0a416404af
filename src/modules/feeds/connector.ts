import type { z } from 'zod'
import type { ImportProblem, ImportReport, Mapping } from '#modules/intake/index.ts'
import type { Http } from './http.ts'
import type { FeedKind } from './model.ts'
import type { Secrets } from './secrets.ts'
import type { FaultDetail } from './source-fault.ts'

/** What a connector is given for one run. */
export interface Asking<Settings, State> {
  settings: Settings
  /** how far it had got */
  state: State
  http: Http
  secrets: Secrets
  signal: AbortSignal
  now: Date
  /** a folder of this run's own, destroyed with all that is in it when the run ends */
  folder: string
  /** a mapping that is kept by name, the latest version */
  mapping: (name: string) => Promise<Mapping>
  /** what is to be told to others; empty but for an outbox */
  outbox: Outbox
}

/** What a receiver is told besides corrections. */
export interface Outward {
  levels: { scores: boolean } | null
  links: { portal: string } | null
  /** registration numbers of the schools whose learners it may know of; null: all */
  schools: readonly string[] | null
}

/** Messages on their way out, the oldest first. */
export interface Outbox {
  /** Queues the steps from what was told last to what the receiver is to hold. */
  gatherOutward(outward: Outward): Promise<void>
  /** The next levels and links as they are to be sent, together; undefined when none waits. Their tries are counted. */
  nextBatch(outward: Outward): Promise<Outgoing[] | undefined>
  /** Queues what has been found or is gone since the last time; of these sources only. */
  gather(sources: readonly string[] | null): Promise<void>
  /** The next one as it is to be sent, undefined when none waits; its try is counted. */
  next(): Promise<Outgoing | undefined>
  sent(id: string, receipt: string | null): Promise<void>
  giveUp(id: string, problem: { code: string; detail: FaultDetail }): Promise<void>
}

export interface Outgoing {
  id: string
  tries: number
  /** null: what it was about is not there any more */
  body: object | null
}

/** Something that came: it is imported whole or not at all, and then the feed has got further. */
export interface Delivery<State> {
  /** Package of the contract, or with `mapping` a foreign file; left out: there was nothing new. */
  file?: string
  /** Name in the report of the import. */
  name?: string
  mapping?: Mapping
  /** How far the feed has got when this was taken over. */
  state: State
  /** What is to be done once the import came to its end, whatever it says, or could not begin. */
  settle?: (came: ImportReport | ImportProblem) => Promise<void>
  /** Messages that were sent. */
  sent?: number
  /** Where this is refused, the run goes on with the next one; else it ends. */
  mayBeRefused?: boolean
}

/**
 * One way of asking a source. The same may be delivered twice: after kill -9 a run begins again where the last delivery was taken over,
 * and what the bank holds already changes nothing.
 */
export interface Connector<Settings, State> {
  kind: FeedKind
  /** Secrets stand in settings by their names only. */
  settings: z.ZodType<Settings>
  /** Must take `{}`: nothing was asked yet. */
  state: z.ZodType<State>
  /** Where it asks, for people. */
  place: (settings: Settings) => string
  deliveries: (asking: Asking<Settings, State>) => AsyncIterable<Delivery<State>>
}

/** A connector whatever it is asked with. */
export type AnyConnector = Connector<unknown, unknown>

/** Ties settings and state to the connector that takes them. */
export function connector<Settings, State>(definition: Connector<Settings, State>): AnyConnector {
  return definition as AnyConnector
}
