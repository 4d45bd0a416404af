import { chance } from '../chance.ts'
import { type Batch, Rows } from '../contract.ts'
import type { Year } from '../learners/history.ts'
import { OUT } from '../learners/population.ts'
import type { Network } from '../network/network.ts'
import type { School } from '../network/school.ts'
import { LAST_YEAR, type Plan } from '../size.ts'

/** State grant for salaries, EUR a learner and month from 1 January 2024 (Cabinet regulations on the grant), and what a month of a trade costs. */
const GRANT = { preparation: 129.44, first: 121.93, second: 157.12, secondary: 168.84, trade: 210 }
type Stage = keyof typeof GRANT | 'little'
const stages: readonly Stage[] = ['little', 'preparation', 'first', 'second', 'secondary', 'trade']

const GRANT_OF_2024 = 2024
const RISE = 0.075 // of salaries and prices a year
const SPECIAL = 2.4 // times the grant in special schools
const MONTHS = { spring: 8, autumn: 4 } // of a calendar year that lie in the older and the newer school year

/** Money of municipal schools besides the grant, EUR of 2024: fits the 904 million the municipalities spent on general education. */
const BESIDES = {
  salary: 0.3, // of the grant
  littleSalary: 2_900, // a child below preparation for school, a year
  building: 62_000,
  ofLearner: 1_050,
  meals: 300,
  transportRural: 330,
  transport: 60,
  other: 0.05,
}

/** Keeps the numbers of learners of every school by stage and year, and makes money of them. */
export class Purse {
  private readonly years = new Map<number, Map<number, Record<Stage, number>>>()

  /** @param year  as it was in September; second places are not counted */
  count({ year, people, events }: Year, { schools }: Network): void {
    const learners = new Map<number, Record<Stage, number>>()
    for (let learner = 0; learner < people.count; learner++) {
      const at = people.school[learner]!
      if (at === OUT || events.from[learner]! > 0) continue
      const own = learners.get(at) ?? {
        little: 0,
        preparation: 0,
        first: 0,
        second: 0,
        secondary: 0,
        trade: 0,
      }
      learners.set(at, own)
      own[stageOf(people.grade[learner]!, people.born[learner]!, year, schools[at]!)] += 1
    }
    this.years.set(year, learners)
  }

  /** Money of every calendar year that is over, of schools that somebody goes to. */
  *rows({ schools }: Network, { seed, firstYear }: Plan): Generator<Batch> {
    const rows = new Rows('finance')
    for (let year = firstYear - 1; year < LAST_YEAR - 1; year++) {
      const draws = chance(seed, 'finance', year)
      for (const school of schools) {
        const noise = [draws.normal(), draws.normal(), draws.normal()]
        const learners = this.meanOf(school.at, year)
        if (school.kind === 'direction' || school.kind === 'interest') continue
        if (stages.every((stage) => learners[stage] === 0)) continue
        rows.add({ reg_number: school.reg, year, ...moneyOf(school, learners, year, noise) })
        yield* rows.full()
      }
    }
    yield* rows.rest()
  }

  /** Learners in the mean of the months of a calendar year. */
  private meanOf(school: number, year: number): Record<Stage, number> {
    const spring = this.years.get(year)
    const autumn = this.years.get(year + 1)
    const of = (stage: Stage, learners: typeof spring) => learners?.get(school)?.[stage] ?? 0
    const mean = (stage: Stage) =>
      spring && autumn
        ? (MONTHS.spring * of(stage, spring) + MONTHS.autumn * of(stage, autumn)) / 12
        : of(stage, spring ?? autumn)
    return Object.fromEntries(stages.map((stage) => [stage, mean(stage)])) as Record<Stage, number>
  }
}

/** Preparation for school are the two years before grade 1. */
function stageOf(grade: number, bornMonth: number, year: number, { kind }: School): Stage {
  if (grade === 0) return year - 1 - (1900 + Math.floor(bornMonth / 12)) >= 5 ? 'preparation' : 'little'
  if (kind === 'vocational') return 'trade'
  return grade <= 6 ? 'first' : grade <= 9 ? 'second' : 'secondary'
}

function moneyOf(school: School, learners: Record<Stage, number>, year: number, noise: readonly number[]) {
  const level = (1 + RISE) ** (year - GRANT_OF_2024)
  const euros = (amount: number, at?: number) =>
    Number((amount * level * (at === undefined ? 1 : Math.exp(0.12 * noise[at]!))).toFixed(2))
  const all = stages.reduce((sum, stage) => sum + learners[stage], 0)
  const times = school.kind === 'special' ? SPECIAL : 1
  const grant =
    12 *
    times *
    stages.reduce((sum, stage) => sum + (stage === 'little' ? 0 : GRANT[stage] * learners[stage]), 0)
  const isMunicipal = school.founder.startsWith('M-')
  const inBasic = learners.first + learners.second
  const upkeep = BESIDES.building * Math.min(1, 0.25 + all / 300) + BESIDES.ofLearner * all
  if (school.isPrivate) {
    return {
      salary_state_grant: euros(grant),
      salary_municipal: null,
      maintenance: null,
      transport: null,
      meals: null,
      other: null,
    }
  }
  const transport =
    (school.isRural ? BESIDES.transportRural : BESIDES.transport) * (all - learners.little - learners.trade)
  return {
    salary_state_grant: euros(grant),
    salary_municipal: isMunicipal
      ? euros(BESIDES.salary * grant + BESIDES.littleSalary * learners.little, 0)
      : null,
    maintenance: euros(upkeep, 1),
    transport: euros(transport, 2),
    meals: euros(BESIDES.meals * (inBasic + learners.preparation)),
    other: euros(BESIDES.other * (grant + upkeep), 0),
  }
}
