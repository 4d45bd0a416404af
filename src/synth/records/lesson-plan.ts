import type { Subject } from '../monitoring/rounds.ts'

/** Lessons a week in grades 1 … 12 of a full-time school: roughly those of the sample plans of the standards of 2018 and 2019. */
const weekly = {
  latvian: [6, 6, 6, 5, 5, 5, 4, 4, 4, 3, 3, 3],
  mathematics: [4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 4, 4],
  english: [2, 2, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4],
  german: [0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 0],
  science: [2, 2, 2, 2, 2, 3, 0, 0, 0, 0, 0, 0],
  biology: [0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 0],
  chemistry: [0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 0],
  physics: [0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 0],
  geography: [0, 0, 0, 0, 0, 0, 2, 2, 1, 1, 1, 0],
  history: [0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 2],
  'social-studies': [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0],
  computing: [0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 0, 0],
  'design-technology': [2, 2, 2, 2, 2, 2, 1, 1, 1, 0, 0, 0],
  sports: [3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2],
  music: [2, 2, 2, 1, 1, 1, 1, 1, 1, 0, 0, 0],
  'visual-art': [2, 2, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0],
  literature: [0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2],
  theatre: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0],
} as const

export type LessonSubject = keyof typeof weekly

/** General subjects in the courses of a trade. */
const inTrades: Partial<Record<LessonSubject, number>> = {
  ...{ latvian: 3, mathematics: 3, english: 2, history: 2, physics: 1, sports: 2 },
}

/** Lessons a year of an advanced course; it is taken in grades 11 and 12. */
export const ADVANCED_LESSONS = 105
/** What a school offers together in grades 11 and 12, by the letter of the class. */
export const baskets = [
  ['mathematics', 'english', 'history'],
  ['biology', 'chemistry', 'mathematics'],
  ['physics', 'programming', 'mathematics'],
  ['latvian', 'history', 'english'],
  ['geography', 'english', 'design-technology'],
] as const

/** Subjects that marks are kept of here: languages, mathematics, sciences, history, computing. Arts, crafts and sports are not told. */
const marked: readonly LessonSubject[] = [
  ...(['latvian', 'mathematics', 'english', 'science', 'biology', 'chemistry', 'physics'] as const),
  ...(['geography', 'history', 'computing'] as const),
]

const subjects = Object.keys(weekly) as LessonSubject[]
const WEEKS = 35
const WEEKS_OF_FIRST = 34

/** Subjects of a grade with their lessons a year. The second foreign language is German in this plan; schools choose theirs. */
export function lessonsOf(grade: number): readonly (readonly [LessonSubject, number])[] {
  const weeks = grade === 1 ? WEEKS_OF_FIRST : WEEKS
  return subjects.flatMap((subject) => {
    const lessons = weekly[subject][grade - 1] ?? 0
    return lessons === 0 ? [] : [[subject, lessons * weeks] as const]
  })
}

/** General subjects of a course of a trade with their lessons a year. */
export function lessonsInTrade(): readonly (readonly [LessonSubject, number])[] {
  return (Object.keys(inTrades) as LessonSubject[]).map((subject) => [subject, inTrades[subject]! * WEEKS])
}

/** Subjects with a mark in a grade. */
export function markedIn(grade: number, isTrade: boolean): readonly LessonSubject[] {
  return marked.filter((subject) => (isTrade ? inTrades[subject] : weekly[subject][grade - 1]))
}

const allAWeek = weekly.latvian.map((_, at) =>
  subjects.reduce((sum, subject) => sum + weekly[subject][at]!, 0),
)

/** Lessons a week of a grade, of all subjects; the fourth course of a trade has those of the third. */
export const lessonsAWeek = (grade: number): number => allAWeek[Math.min(grade, 12) - 1]!

/** Which of the skills of the monitoring tests a subject leans on. */
export function skillOf(subject: string): Subject {
  if (subject === 'mathematics' || subject === 'computing' || subject === 'programming') return 'numeracy'
  return /^(science|biology|chemistry|physics|geography)$/.test(subject) ? 'science' : 'literacy'
}
