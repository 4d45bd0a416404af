import { interactionsOf, mediaOf } from '../content/body.ts'
import { Item } from '../content/item.ts'
import { DraftedItem, type DraftFault, type DraftRequest } from './model.ts'

const MOST_FAULTS = 20
const LONGEST = 200 // characters of a field or fault as it is told

/** A draft of an item as a model sent it: the words where all is in order, else what is wrong, place by place. */
export function checkDraft(
  sent: unknown,
  asked: DraftRequest,
): { content: DraftedItem | null; faults: DraftFault[] } {
  const shape = DraftedItem.safeParse(sent)
  if (!shape.success) return { content: null, faults: told(shape.error.issues.map(faultOf)) }
  const content = shape.data
  const faults = [
    ...leftOut(sent, content).map((field) => ({ field, fault: 'an item has no such property' })),
    ...contradictions(content, asked),
    ...wordsOf(content).flatMap(({ field, text }) => forbidden(text).map((fault) => ({ field, fault }))),
    ...mediaOf(content).map((name) => ({ field: name, fault: 'a draft cannot bring pictures along' })),
    ...unasked(content, asked),
  ]
  return faults.length > 0 ? { content: null, faults: told(faults) } : { content, faults: [] }
}

/** What the rules of items say of it: as of an item anybody writes. */
function contradictions(content: DraftedItem, { place }: DraftRequest): DraftFault[] {
  const item = Item.safeParse({ code: 'DRAFT', place, ...content })
  return item.success ? [] : item.error.issues.map(faultOf)
}

function unasked({ texts }: DraftedItem, asked: DraftRequest): DraftFault[] {
  const { language, body } = texts[0]!
  return [
    ...(language === asked.language
      ? []
      : [{ field: 'texts.0.language', fault: `${asked.language} was asked for` }]),
    ...(interactionsOf(body).some(({ kind }) => kind === asked.interaction)
      ? []
      : [{ field: 'texts.0.body', fault: `${asked.interaction} was asked for` }]),
  ]
}

/** What must not stand in the words of an item: markup that could run or load something, and addresses of other places. */
function forbidden(text: string): string[] {
  const markup =
    /<\s*\/?\s*(script|style|iframe|object|embed|img|svg|math|link|meta|base|form|input|button|video|audio|body|html|a)\b/i
  const address = /\b[a-z][a-z0-9+.-]*:\/\/|\bwww\.|\b(javascript|vbscript|data|file|mailto)\s*:\s*\S/i
  return [
    ...(markup.test(text) ? ['markup is not allowed'] : []),
    ...(address.test(text) ? ['addresses of other places are not allowed'] : []),
  ]
}

function wordsOf(value: unknown, at = ''): { field: string; text: string }[] {
  if (typeof value === 'string') return [{ field: at, text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => wordsOf(each, at === '' ? name : `${at}.${name}`))
}

/** Properties that were sent and are none of an item. */
function leftOut(sent: unknown, kept: unknown, at = ''): string[] {
  if (typeof sent !== 'object' || sent === null || typeof kept !== 'object' || kept === null) return []
  return Object.entries(sent).flatMap(([name, each]) => {
    const field = at === '' ? name : `${at}.${name}`
    return Object.hasOwn(kept, name) ? leftOut(each, (kept as Record<string, unknown>)[name], field) : [field]
  })
}

function faultOf({ path, message }: { path: readonly PropertyKey[]; message: string }): DraftFault {
  return { field: path.map(String).join('.'), fault: message }
}

/** Not more than a person reads, in words that can be kept: a model names its properties as it likes. */
function told(faults: readonly DraftFault[]): DraftFault[] {
  return faults
    .slice(0, MOST_FAULTS)
    .map(({ field, fault }) => ({ field: printable(field), fault: printable(fault) }))
}

const printable = (text: string) =>
  text
    .slice(0, LONGEST)
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
