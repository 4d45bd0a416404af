import type { Command } from 'commander'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { putRule, Rule, rulesOn } from '#modules/disclosure/index.ts'
import { Day, dayOf } from '#terms/day.ts'

type WithDatabase = (work: (db: Database) => Promise<void>) => Promise<void>

interface Given {
  from: string
  reasonLv: string
  reasonEn: string
  minimum?: string
  sameForAll?: string
  dominance?: string
  decimals?: string
  protectBelow?: string
  protectAbove?: string
}

/** The commands about disclosure rules: those in force, and one that was decided on and begins on a day. */
export function addRuleCommands(program: Command, withDatabase: WithDatabase): void {
  const rules = program
    .command('rules')
    .description('disclosure rules in force: what must be hidden from the public')
    .action(() =>
      withDatabase(async (db) => {
        const today = dayOf(new Date())
        for (const rule of await asJob(db, (tx) => rulesOn(tx, 'public', today))) console.log(told(rule))
      }),
    )

  rules
    .command('put')
    .description('put a decided rule into force; what is not given stays as it is in force')
    .argument('<topic>', 'results, enrolment, …; see the list')
    .requiredOption('--from <day>', 'first day, YYYY-MM-DD; today or later')
    .requiredOption('--reason-lv <words>', 'why, for everybody, in Latvian')
    .requiredOption('--reason-en <words>', 'the same in English')
    .option('--minimum <people>', 'fewest people behind a shown figure')
    .option('--same-for-all <hide|show>', 'a figure where everybody has the same value')
    .option(
      '--dominance <people:percent>',
      'hide where so few hold more than this of the sum, e.g. 2:85; none',
    )
    .option('--decimals <number>', 'of means and deviations; none: as computed')
    .option('--protect-below <count>', 'a hidden count must stay possible so far below')
    .option('--protect-above <count>', 'and so far above')
    .action((topic: string, given: Given) =>
      withDatabase(async (db) => {
        if (!Day.safeParse(given.from).success) return refuse('The day must be written YYYY-MM-DD.')
        const today = dayOf(new Date())
        await asJob(db, async (tx) => {
          const inForce = (await rulesOn(tx, 'public', today)).find((rule) => rule.topic === topic)
          if (!inForce) return refuse('There is no rule about this topic; `ikms rules` lists them.')
          const rule = Rule.safeParse(decided(inForce, given))
          if (!rule.success) {
            const faults = rule.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
            return refuse(faults.join('\n'))
          }
          const told = await putRule(tx, rule.data, given.from, today)
          if (told === 'not_before_today') return refuse('A rule cannot begin in the past.')
          if (told === 'begins_later') {
            return refuse('A rule about this topic begins on that day or later already.')
          }
          console.log(`In force from ${given.from}. It applies to releases made from that day on.`)
        })
      }),
    )
}

/** The rule in force with what was decided; Rule checks whether it is one. */
function decided(inForce: Rule, given: Given): unknown {
  const [people, perCent] = (given.dominance ?? '').split(':').map(Number)
  return {
    ...inForce,
    reason: { lv: given.reasonLv, en: given.reasonEn },
    ...(given.minimum !== undefined && { minimum: Number(given.minimum) }),
    ...(given.sameForAll !== undefined && { groupDisclosure: shownOrHidden(given.sameForAll) }),
    ...(given.dominance !== undefined && {
      dominance: given.dominance === 'none' ? null : { people, share: (perCent ?? Number.NaN) / 100 },
    }),
    ...(given.decimals !== undefined && {
      decimals: given.decimals === 'none' ? null : Number(given.decimals),
    }),
    ...(given.protectBelow !== undefined && { protectBelow: Number(given.protectBelow) }),
    ...(given.protectAbove !== undefined && { protectAbove: Number(given.protectAbove) }),
  }
}

function shownOrHidden(word: string): boolean | string {
  return word === 'hide' ? true : word === 'show' ? false : word
}

function told(rule: Rule): string {
  const dominance = rule.dominance
    ? `${rule.dominance.people} people with more than ${100 * rule.dominance.share} %`
    : 'not asked'
  return [
    rule.topic,
    `minimum ${rule.minimum}`,
    `same for all: ${rule.groupDisclosure ? 'hide' : 'show'}`,
    `dominance: ${dominance}`,
    `decimals: ${rule.decimals ?? 'as computed'}`,
    `stays unsure by −${rule.protectBelow} to +${rule.protectAbove}`,
  ].join('  ')
}

function refuse(why: string): void {
  console.error(why)
  process.exitCode = 1
}
