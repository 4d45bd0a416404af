/** A page of plain text: sections of paragraphs and lists. */
export interface Prose {
  title: string
  lead: string
  sections: readonly {
    title: string
    id: string
    /** a paragraph is a string, a list an array of strings */
    body: readonly (
      | string
      | readonly string[]
      | { terms: readonly (readonly [term: string, meaning: string])[] }
      | { code: string }
      | { links: readonly (readonly [to: string, words: string])[] }
    )[]
  }[]
}
