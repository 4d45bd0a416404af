import type { Content } from '../model.ts'

/** What an item says, as plain text: the shared text, then the question, a line a piece. */
export function plainText({ stimulus, body }: Pick<Content, 'stimulus' | 'body'>): string {
  const found: string[] = []
  const look = (each: unknown) => {
    if (Array.isArray(each)) each.forEach(look)
    else if (each && typeof each === 'object') {
      if ('text' in each && typeof each.text === 'string') found.push(each.text)
      Object.values(each).forEach(look)
    }
  }
  look(stimulus?.body ?? [])
  look(body)
  return found.join('\n')
}
