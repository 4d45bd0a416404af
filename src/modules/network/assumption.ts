import { october } from '#modules/registry/index.ts'

/** SQL of what is assumed on 1 October of the school year; null, and so no figure, where nothing is. */
export function assumed(code: string): string {
  return `(select a.value from network.assumption a where a.code = ${code} and a.valid @> ${october()})`
}
