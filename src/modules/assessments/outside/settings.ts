import type { OutsideModel } from './door.ts'

/** Models elsewhere, as the operator named them; null: that task is not given to any. */
export interface OutsideModels {
  /** suggests points for written answers */
  points: OutsideModel | null
  /** suggests drafts of items */
  items: OutsideModel | null
}

/** Said by the operator only: an address for each task, and one list of the hosts that may be asked. Without both nobody is asked. */
export function outsideModels(environment: NodeJS.ProcessEnv): OutsideModels {
  const hosts = (environment.IKMS_SUGGESTER_HOSTS ?? '').split(/[\s,]+/).filter(Boolean)
  const at = (address: string | undefined) => (address && hosts.length > 0 ? { address, hosts } : null)
  return { points: at(environment.IKMS_SUGGESTER), items: at(environment.IKMS_ITEM_DRAFTER) }
}
