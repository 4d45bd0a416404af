import type { Chance } from '../chance.ts'
import type { School } from '../network/school.ts'

/** What a post is for: position, subject and stage, as the tariff lists of schools tell. */
export interface Post {
  position: string
  subject: string | null
  stage: string
}

// Subjects by about how many lessons they have: grades 1–6, and from grade 7 on.
const early = [
  'primary',
  'primary',
  'primary',
  'primary',
  'primary',
  'primary',
  'english',
  'english',
  'sport',
]
const earlyRest = ['sport', 'music', 'art', 'design', 'latvian', 'mathematics', 'computing']
const late = [
  'latvian',
  'latvian',
  'latvian',
  'mathematics',
  'mathematics',
  'mathematics',
  'english',
  'english',
]
const lateRest = ['history', 'social_studies', 'biology', 'chemistry', 'physics', 'geography', 'computing']
const lateMore = ['sport', 'sport', 'music', 'art', 'design', 'german', 'russian', 'literature']

const bySort = {
  early: [...early, ...earlyRest],
  late: [...late, ...lateRest, ...lateMore],
}

/** What a teacher of a school is for; chance decides by the number of lessons. */
export function teachingPost(school: School, { pick, happens }: Chance): Post {
  if (school.kind === 'preschool') return { position: 'preschool_teacher', subject: null, stage: 'preschool' }
  if (school.kind === 'direction' || school.kind === 'interest') {
    const subject = school.type === 'sport' ? 'sport' : pick(['music', 'art'])
    return { position: 'interest_teacher', subject, stage: 'interest' }
  }
  if (school.kind === 'vocational') {
    return happens(0.55)
      ? { position: 'vocational_teacher', subject: 'trade', stage: 'vocational' }
      : { position: 'teacher', subject: pick(bySort.late), stage: 'vocational' }
  }
  if (school.hasPreschool && happens(0.12)) {
    return { position: 'preschool_teacher', subject: null, stage: 'preschool' }
  }
  const grades = Math.max(1, school.to - school.from + 1)
  const firstSix = Math.max(0, Math.min(6, school.to) - school.from + 1) / grades
  const upper = Math.max(0, school.to - 9) / grades
  if (happens(firstSix)) return { position: 'teacher', subject: pick(bySort.early), stage: 'basic_1' }
  const stage = happens(upper / Math.max(0.01, 1 - firstSix)) ? 'secondary' : 'basic_2'
  return { position: 'teacher', subject: pick(bySort.late), stage }
}

/** Posts of which every school has some, whatever it teaches. */
export function otherPosts(school: School, learners: number): Post[] {
  const stage = 'all'
  const post = (position: string, many: number): Post[] =>
    Array.from({ length: many }, () => ({ position, subject: null, stage }))
  const isSmall = learners < 120
  const supports = school.kind === 'special' ? learners / 18 : learners / 240
  const kinds = ['speech_therapist', 'social_teacher', 'psychologist', 'special_teacher', 'teacher_assistant']
  const many = school.kind === 'direction' || school.kind === 'interest' ? 0 : Math.round(supports)
  return [
    ...post('head', 1),
    ...post('deputy_head', isSmall ? 0 : Math.min(5, 1 + Math.floor(learners / 450))),
    ...Array.from(
      { length: many },
      (_, at): Post => ({
        position: kinds[at % kinds.length]!,
        subject: null,
        stage,
      }),
    ),
  ]
}

/** Teachers a school needs for its learners, heads. */
export function teachersNeeded({ kind, form }: School, learners: number): number {
  if (learners === 0) return 0
  if (kind === 'special') return Math.round(2 + learners / 4.5)
  if (kind === 'preschool') return Math.round(1 + learners / 10.5)
  if (kind === 'vocational') return Math.round(4 + learners / 12)
  if (kind === 'direction' || kind === 'interest') return Math.round(1 + learners / 24)
  if (form !== 'full_time') return Math.round(4 + learners / 22)
  return Math.round(3 + learners / 10.65)
}
