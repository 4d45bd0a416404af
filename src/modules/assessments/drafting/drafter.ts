import type { ModelCall } from '../outside/call.ts'
import { type Limits, type OutsideModel, openDoor } from '../outside/door.ts'
import { checkDraft } from './check-draft.ts'
import type { DraftedItem, DraftFault, DraftRequest } from './model.ts'
import { DraftAnswer, type DraftQuestion } from './protocol.ts'

/** Below what proxies wait for, usually a minute; a few items are far below the size. */
const usual: Limits = { wait: 40_000, mostBytes: 300_000 }

/** Suggests drafts of items; a person always decides. */
export interface Drafter {
  readonly host: string
  /** Never throws: what goes wrong is the outcome of the call. */
  draft(request: DraftRequest, question: Omit<DraftQuestion, 'task'>): Promise<Drafted>
}

export interface Drafted {
  /** as it names itself */
  model: string | null
  /** one for each item in the answer, in order or not */
  drafts: { content: DraftedItem | null; faults: DraftFault[] }[]
  /** the answer as it came; null where none came whole */
  said: string | null
  call: ModelCall
}

/**
 * Asks a model elsewhere for drafts. It is sent the place in the framework and the wishes of the author, and nothing else.
 *
 * @throws RangeError where the address is not https (or of this machine) or its host is not on the list
 */
export function outsideDrafter(model: OutsideModel, limits: Partial<Limits> = {}): Drafter {
  const door = openDoor('item', model, { ...usual, ...limits })
  return {
    host: door.host,
    async draft(request, question) {
      const { found, said, call } = await door.ask(question, (answer) => {
        const { success, data } = DraftAnswer.safeParse(answer)
        if (!success || data.items.length > request.count) return null
        return {
          model: data.model ?? null,
          drafts: data.items.map((item) => checkDraft(item, request)),
        }
      })
      return { model: found?.model ?? null, drafts: found?.drafts ?? [], said, call }
    },
  }
}
