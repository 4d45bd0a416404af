import { LRUCache } from 'lru-cache'
import { asApp, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { type FieldFault, Problem } from '#http/problem.ts'
import { forPupil, type PupilItem } from '../content/pupil.ts'
import { type AnswerFault, checkAnswers } from '../content/response.ts'
import type { Content } from '../model.ts'
import { Bell } from './bell.ts'
import { type SavedAnswer, SentAnswers } from './model.ts'
import type { Paper, Papers } from './papers.ts'
import {
  noteRefusal,
  type OnItsWay,
  type Outcome,
  ring,
  type Seat,
  type Stand,
  stands,
  type Taken,
  takeAnswers,
} from './sitting-store.ts'
import { Together } from './together.ts'

const TRIES = 4
const MOST_SEATS = 20_000 // sittings a process remembers the form and seed of

type Known = Pick<Seat, 'formId' | 'seed' | 'profile'>

/** Where answers are handed in: looked at, saved, and either acknowledged or refused with the reason. */
export function answerDesk(db: Database, papers: Papers) {
  const asChild = <T>(work: (tx: Tx) => Promise<T>) => asApp(db, 'answers', work)
  const writer = new Together<OnItsWay, Taken>((sent) => asChild((tx) => takeAnswers(tx, sent)))
  const reader = new Together<Buffer, Stand | null>((tokens) => asChild((tx) => stands(tx, tokens)))
  const seats = new LRUCache<string, Known>({ max: MOST_SEATS })
  const bell = new Bell((rooms) => asChild((tx) => ring(tx, rooms)), db.log)

  /** @throws Problem no_sitting */
  async function standOf(token: Buffer): Promise<Stand> {
    const stand = await reader.ask(token)
    if (!stand) throw new Problem('no_sitting')
    return stand
  }

  /** Words of the form of a child at work; null where it is not. */
  function paperOf(stand: Seat, token: Buffer): Paper | null | Promise<Paper | null> {
    return papers.known(stand) ?? asChild((tx) => papers.of(stand, token, tx))
  }

  /** What never changes of a sitting; the database alone knows how it stands. @throws Problem no_sitting */
  async function knownOf(token: Buffer): Promise<Known> {
    const name = token.toString('base64')
    const known = seats.get(name)
    if (known && papers.known(known)) return known
    const stand = await standOf(token)
    if (stand.state === 'running') await paperOf(stand, token)
    const { formId, seed, profile } = stand
    seats.set(name, { formId, seed, profile })
    return { formId, seed, profile }
  }

  return {
    standOf,

    /** A child at work with its form and answers. @throws Problem where it is not at work */
    async work(token: Buffer): Promise<{ stand: Stand; paper: Paper }> {
      const stand = await standOf(token)
      if (stand.state !== 'running') throw new Problem(problemOf[stand.state])
      const paper = await paperOf(stand, token)
      if (!paper) throw new Problem('sitting_over')
      return { stand, paper }
    },

    /** @throws Problem with why it was not taken; what was sent is then kept apart */
    async take(sent: Omit<OnItsWay, 'answer'>, answers: Record<string, unknown>): Promise<SavedAnswer> {
      const { formId, seed, profile } = await knownOf(sent.token)
      const content = papers.known({ formId, profile })?.get(sent.position)
      const shaped = SentAnswers.safeParse(answers)
      // The form is not known while nobody works on it: then the state of the sitting decides, in the database.
      const fault =
        (content ? checkAnswers(asShown(content, seed), answers).fault : null) ??
        (shaped.success ? null : 'wrong_shape')
      if (fault) {
        await asChild((tx) => noteRefusal(tx, { ...sent, answer: shaped.data ?? null }, fault))
        throw new Problem('invalid_request', { errors: [{ field: 'answers', fault: faultWords[fault] }] })
      }
      let taken = await writer.ask({ ...sent, answer: shaped.data! })
      // Somebody else wrote this very place in the same moment: now it can be told who was first.
      for (let tries = 1; taken.outcome === 'again' && tries < TRIES; tries += 1) {
        taken = await writer.ask({ ...sent, answer: shaped.data! })
      }
      const { outcome, latest, room } = taken
      if (room !== null) bell.ring(room)
      if (outcome !== 'saved') throw refused(outcome)
      return { position: sent.position, revision: Math.max(latest, sent.revision) }
    },
  }
}

const shown = new WeakMap<Content, PupilItem>()

/**
 * An item as far as checking what was answered needs it. Names stand for places and are the same in every order; only in a match does
 * the order decide how often each side may be chosen.
 */
function asShown(content: Content, seed: number): PupilItem {
  if (content.body.some(({ kind }) => kind === 'match')) return forPupil(content, seed)
  const known = shown.get(content) ?? forPupil(content, 0)
  shown.set(content, known)
  return known
}

const problemOf = {
  waiting: 'sitting_not_begun',
  time_over: 'sitting_over',
  finished: 'sitting_over',
  ended: 'sitting_over',
  elsewhere: 'sitting_elsewhere',
} as const

function refused(outcome: Exclude<Outcome, 'saved'>): Problem {
  switch (outcome) {
    case 'no_sitting':
      return new Problem('no_sitting')
    case 'no_such_place':
      return new Problem('not_found')
    case 'another_sitting':
      return new Problem('sitting_elsewhere')
    case 'stale':
      return new Problem('answer_stale')
    case 'wrong_revision':
      return new Problem('invalid_request', { errors: [{ field: 'revision', fault: wrongRevision }] })
    case 'again':
      return new Problem('busy', { retryAfter: 1 })
    default:
      return new Problem(problemOf[outcome])
  }
}

const wrongRevision: FieldFault['fault'] = {
  lv: 'Par daudz lielāks nekā saglabātajai atbildei.',
  en: 'Too far above that of the saved answer.',
}
const faultWords: Record<AnswerFault, FieldFault['fault']> = {
  not_answers: { lv: 'Tās nav atbildes.', en: 'These are no answers.' },
  too_long: { lv: 'Atbilde ir pārāk gara.', en: 'The answer is too long.' },
  no_such_response: { lv: 'Uzdevumā to nejautā.', en: 'The item does not ask this.' },
  wrong_shape: {
    lv: 'Atbilde nav tādā veidā, kā jautāts.',
    en: 'The answer is not in the shape that is asked.',
  },
  no_such_choice: { lv: 'Tādas izvēles nav.', en: 'There is no such choice.' },
  chosen_twice: { lv: 'Viens un tas pats izvēlēts divreiz.', en: 'The same was chosen twice.' },
  too_many: { lv: 'Izvēlēts par daudz.', en: 'Too many were chosen.' },
}
