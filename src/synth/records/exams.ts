import { numberOfDay } from '../calendar.ts'
import { type Chance, chance } from '../chance.ts'
import { type Batch, Rows } from '../contract.ts'
import type { Year } from '../learners/history.ts'
import { OUT } from '../learners/population.ts'
import { Abilities, EXEMPT, GIFTS, parameters } from '../monitoring/abilities.ts'
import { subjects } from '../monitoring/rounds.ts'
import type { Network } from '../network/network.ts'
import type { School } from '../network/school.ts'
import { type Exam, examSexGap, PERCENT } from './exam-list.ts'
import { skillOf } from './lesson-plan.ts'

const TAKES_PART = 0.975
const TAKES_PART_WITH_NEED = 0.85
const APPEALED = 0.003
const OF_DAY = 0.3 // standard deviation of what the day does
const OF_PART = 0.09 // of a part of the paper, of all its points
const SCHOOL = 0.7 // of what a school adds to monitoring results

/** The advanced examinations of grade 12: how likely at ability 0, and how much more with every deviation (log odds). */
const choices: Readonly<Record<string, readonly [at: number, more: number]>> = {
  ...{ latvian: [-0.6, 0.6], english: [0.1, 0.9], mathematics: [-1.5, 1.3] },
  ...{ biology: [-2.1, 0.7], chemistry: [-2.5, 0.9], physics: [-2.7, 1.1] },
  ...{ history: [-1.2, 0.3], geography: [-2.2, 0.2], programming: [-2.9, 0.8] },
}
const everybody = new Set(['latvian', 'english', 'mathematics'])

/** Who sat one examination, with what. */
interface Sitting {
  exam: Exam
  learners: number[]
  schools: number[]
  /** log odds of a point, before the paper is made as hard as it was */
  odds: number[]
  /** the same for a girl and for a boy of the same ability, for the gap that is true */
  girl: number[]
  boy: number[]
}

/** What the examinations of a year came to. */
export interface Sat {
  rows: (codeOf: (learner: number) => string) => Generator<Batch>
  /** learners who finish the grade without having passed */
  without: ReadonlySet<number>
}

/**
 * Holds the examinations of a year: who sits which, and with what result. Papers are made as hard as it takes for the mean of all takers to be
 * the one that is told, so that published means come out at any size.
 */
export function sitExams(
  year: Year,
  exams: readonly Exam[],
  { network, seed }: { network: Network; seed: number },
): Sat {
  const now = exams.filter((exam) => exam.year === year.year)
  const draws = chance(seed, 'exams', year.year)
  const sittings = now.map(
    (exam): Sitting => ({ exam, learners: [], schools: [], odds: [], girl: [], boy: [] }),
  )
  if (now.length > 0) gather(year, sittings, network, new Abilities(year.people, seed, GIFTS), draws)
  const without = new Set<number>()
  const results = sittings.map((sitting) => {
    const hard = hardness(sitting)
    return { sitting, hard, papers: papersOf(sitting, hard, year, network, without, draws) }
  })
  return {
    without,
    *rows(codeOf) {
      const rows = new Rows('results')
      const truths = new Rows('true_parameters')
      for (const { sitting, hard, papers } of results) {
        const { exam, learners, schools } = sitting
        for (const [at, { value, parts, isAppealed }] of papers.entries()) {
          rows.add({
            learner_uid: codeOf(learners[at]!),
            assessment: exam.code,
            reg_number: network.schools[schools[at]!]!.reg,
            value,
            status: isAppealed ? 'after_appeal' : 'official',
            parts: parts.join(' '),
          })
          yield* rows.full()
        }
        if (learners.length === 0) continue
        const gap = meanOf(sitting.girl, hard) - meanOf(sitting.boy, hard)
        truths.add({ parameter: `${exam.code}.sexGap`, value: Number(gap.toFixed(2)), unit: PERCENT.code })
      }
      yield* rows.rest()
      yield* truths.rest()
    },
  }
}

/** Everybody who sits, examination by examination, with what they bring. */
function gather(year: Year, sittings: Sitting[], network: Network, abilities: Abilities, draws: Chance) {
  const { people, events } = year
  const byGrade = new Map(
    [9, 12].map((grade) => [grade, sittings.filter(({ exam }) => exam.grade === grade)]),
  )
  const days = new Map(sittings.map(({ exam }) => [exam, numberOfDay(exam.year, exam.heldOn)]))
  for (let learner = 0; learner < people.count; learner++) {
    const own = byGrade.get(people.grade[learner]!)
    const school = people.school[learner]!
    if (
      !own ||
      own.length === 0 ||
      school === OUT ||
      !isExamined(people.letter[learner]!, network.schools[school]!)
    )
      continue
    const need = people.need[learner]!
    const standing = abilities.standing(learner)
    const chosen = choose(own, standing, draws)
    for (const sitting of own) {
      const { exam } = sitting
      const isThere = draws.happens(need > 0 ? TAKES_PART_WITH_NEED : TAKES_PART)
      const ofDay = draws.normal()
      const coin = draws.uniform()
      const at = events.schoolOn(learner, days.get(exam)!, school)
      if (!isThere || EXEMPT.has(need) || at === OUT || !chosen.has(exam)) continue
      const skill = skillOf(exam.subject)
      const { effect, isRural } = network.schools[at]!
      const ability =
        standing[subjects.indexOf(skill)]! +
        SCHOOL * effect[skill] +
        (isRural ? parameters.rural : 0) +
        OF_DAY * ofDay
      const isAhead = coin < 1 / (1 + Math.exp(-1.6 * ability))
      const base = exam.slope * ability + (isAhead ? exam.apart : -exam.apart)
      const half = (exam.slope * (examSexGap[exam.subject] ?? 0)) / 2
      sitting.learners.push(learner)
      sitting.schools.push(at)
      sitting.odds.push(base + (people.sex[learner] === 0 ? half : -half))
      sitting.girl.push(base + half)
      sitting.boy.push(base - half)
    }
  }
}

/** General schools, and trades that lead to secondary education. */
function isExamined(letter: number, { kind, trades }: School): boolean {
  return kind === 'vocational' ? trades[letter]!.courses === 4 : kind === 'general' || kind === 'special'
}

/** The examinations of a learner: everything in grade 9; in grade 12 three subjects on one of two levels, and what else was chosen. */
function choose(own: readonly Sitting[], standing: readonly number[], { uniform }: Chance): Set<Exam> {
  if (own[0]!.exam.grade === 9) return new Set(own.map(({ exam }) => exam))
  const chosen = new Set<Exam>()
  for (const [subject, [at, more]] of Object.entries(choices)) {
    const ability = standing[subjects.indexOf(skillOf(subject))]!
    const isAdvanced = uniform() < 1 / (1 + Math.exp(-(at + more * ability)))
    const level = isAdvanced ? 'AL' : everybody.has(subject) ? 'OL' : null
    const found = own.find(({ exam }) => exam.subject === subject && exam.level === level)
    if (found) chosen.add(found.exam)
  }
  return chosen
}

/** Mean per cent of log odds on a paper of some hardness. */
function meanOf(odds: readonly number[], hard: number): number {
  return odds.reduce((sum, each) => sum + 100 / (1 + Math.exp(hard - each)), 0) / odds.length
}

/** How hard a paper has to be for its mean to be the one told (bisection). Per cents are cut off to whole ones, which the paper makes up for. */
function hardness({ exam, odds }: Sitting): number {
  const aim = exam.mean + cutOff(exam)
  let low = -8
  let high = 8
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2
    if (odds.length > 0 && meanOf(odds, middle) > aim) low = middle
    else high = middle
  }
  return low
}

const pointsOf = ({ parts }: Exam) => parts.reduce((sum, [, maximum]) => sum + maximum, 0)

/** What per cents lose on average because they are not rounded but cut off (open data of state examinations). */
function cutOff(exam: Exam): number {
  const points = pointsOf(exam)
  let lost = 0
  for (let of = 0; of <= points; of++) lost += (100 * of) / points - Math.floor((100 * of) / points)
  return lost / (points + 1)
}

interface Paper {
  value: number
  parts: number[]
  isAppealed: boolean
}

/** The papers as they were marked. Who goes on to secondary school has passed: in the second sitting, if not in the first. */
function papersOf(
  { exam, learners, odds }: Sitting,
  hard: number,
  { people, events }: Year,
  { schools }: Network,
  without: Set<number>,
  draws: Chance,
): Paper[] {
  const total = pointsOf(exam)
  const percent = (parts: readonly number[]) =>
    Math.floor((100 * parts.reduce((sum, points) => sum + points, 0)) / total + 1e-9)
  return learners.map((learner, at) => {
    const share = 1 / (1 + Math.exp(hard - odds[at]!))
    const parts = exam.parts.map(([, maximum]) =>
      Math.min(
        maximum,
        Math.max(0, Math.round(maximum * (share + OF_PART * 2 * share * (1 - share) * draws.normal()))),
      ),
    )
    const isAppealed = draws.happens(APPEALED)
    const threshold = exam.threshold ?? 0
    if (percent(parts) < threshold) {
      const next = events.nextSchool[learner]!
      const goesOn =
        exam.grade === 9 &&
        next !== OUT &&
        schools[next]!.kind === 'general' &&
        events.nextGrade[learner] === 10
      if (goesOn) raise(parts, exam, () => percent(parts) >= threshold)
      else if (people.grade[learner] === exam.grade) without.add(learner)
    }
    return { value: percent(parts), parts, isAppealed }
  })
}

/** Point by point, until it is enough. */
function raise(parts: number[], { parts: of }: Exam, isEnough: () => boolean): void {
  for (let at = 0; !isEnough(); at = (at + 1) % parts.length) {
    if (parts[at]! < of[at]![1]) parts[at] = parts[at]! + 1
  }
}
