import type { Words } from '#terms/locale.ts'
import type { DomainLevels } from './model.ts'

type Pair = readonly [lv: string, en: string]

/** Words of one level, before they have a number: the place in the list gives it. */
export interface LevelText {
  can: Words
  home: Words
  school: Words
}
type Four<Each> = readonly [Each, Each, Each, Each]

/** Words of one grade and domain as they are written down: lists from the lowest level to the highest. */
export interface WrittenLevels {
  grade: DomainLevels['grade']
  domain: DomainLevels['domain']
  summaries: Four<Words>
  strands: Readonly<Record<string, Four<LevelText>>>
}

/** One text in both languages. */
export const both = (lv: string, en: string): Words => ({ lv, en })

/** A level: what the child can do, what to try at home, what helps at school; Latvian, then English. */
export function level(can: Pair, home: Pair, school: Pair): LevelText {
  return { can: both(...can), home: both(...home), school: both(...school) }
}
