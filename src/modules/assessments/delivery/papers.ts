import { LRUCache } from 'lru-cache'
import type { Tx } from '#db/actor.ts'
import type { Content } from '../model.ts'
import { readPaper, type Seat } from './sitting-store.ts'

export type Paper = ReadonlyMap<number, Content>

/**
 * Words of forms that are being worked on, kept in the process: a fixed form never changes. They are read under the token of a child at
 * work, and given out only to one.
 */
export class Papers {
  readonly #kept = new LRUCache<string, Paper>({ max: 100 })

  /** @returns null where nothing is known of the form yet and the child is not at work */
  async of(seat: Seat, token: Buffer, tx: Tx): Promise<Paper | null> {
    const kept = this.known(seat)
    if (kept) return kept
    const paper = await readPaper(tx, token)
    if (paper.size === 0) return null
    this.#kept.set(keyOf(seat), paper)
    return paper
  }

  known(seat: Pick<Seat, 'formId' | 'profile'>): Paper | null {
    return this.#kept.get(keyOf(seat)) ?? null
  }
}

const keyOf = ({ formId, profile }: Pick<Seat, 'formId' | 'profile'>) =>
  `${formId} ${typeof profile.language === 'string' ? profile.language : ''}`
