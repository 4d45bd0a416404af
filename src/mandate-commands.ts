import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import {
  endMandate,
  giveMandate,
  givenTiers,
  listMandates,
  noteChangedCode,
  personalCode,
} from '#modules/access/index.ts'
import { sealer } from '#modules/registry/index.ts'
import { Day } from '#terms/day.ts'

type WithDatabase = (work: (db: Database, keys: Keys) => Promise<void>) => Promise<void>

/**
 * The commands about mandates of staff: list, give, end, and a changed personal code. Codes are read from standard input, because
 * arguments of a program can be seen by everybody on the machine and stay in the history of the shell.
 */
export function addMandateCommands(program: Command, withDatabase: WithDatabase): void {
  const mandates = program
    .command('mandates')
    .description('mandates of staff in force: who may see what')
    .action(() =>
      withDatabase(async (db) => {
        for (const { id, person, tier, place, from, until } of await asJob(db, listMandates)) {
          console.log(
            [id, tier, person ?? '-', place?.lv ?? '-', `${from} to ${until ?? 'further notice'}`].join('  '),
          )
        }
      }),
    )

  mandates
    .command('give')
    .description('give a person a mandate; the personal code is read from standard input')
    .argument('<tier>', givenTiers.join(', '))
    .requiredOption('--name <name>', 'as it stands in the audit trail')
    .option('--place <code>', 'registration number of the institution, or code of the municipality')
    .option('--until <day>', 'first day on which it no longer holds, YYYY-MM-DD; reviews need one')
    .action((tier: string, { name, place, until }: { name: string; place?: string; until?: string }) =>
      withDatabase(async (db, keys) => {
        const given = givenTiers.find((each) => each === tier)
        if (!given) return refuse(`The tier must be one of ${givenTiers.join(', ')}.`)
        if (until && !Day.safeParse(until).success) return refuse('The day must be written YYYY-MM-DD.')
        const [code] = await readCodes(['Personal code: '])
        if (!code) return refuse('That is no Latvian personal code.')
        const codeHash = sealer(keys).hashCode(code)
        const id = await giveMandate(db, {
          codeHash,
          name,
          tier: given,
          place: place ?? null,
          until: until ?? null,
        })
        console.log(`Mandate ${id} is in force.`)
      }),
    )

  mandates
    .command('end')
    .description('end a mandate now, with its open sessions')
    .argument('<mandate>', 'number of the mandate, from the list')
    .action((id: string) =>
      withDatabase(async (db) => {
        const isThere = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id) && (await endMandate(db, id))
        if (!isThere) return refuse('There is no such mandate, or it has ended.')
        console.log('The mandate has ended.')
      }),
    )

  mandates
    .command('code-changed')
    .description('a person has a new personal code; both are read from standard input, the old one first')
    .action(() =>
      withDatabase(async (db, keys) => {
        const [from, to] = await readCodes(['Old personal code: ', 'New personal code: '])
        if (!from || !to) return refuse('That is no Latvian personal code.')
        const { hashCode } = sealer(keys)
        const told = await asJob(db, (tx) => noteChangedCode(tx, hashCode(from), hashCode(to)))
        if (told === 'taken') return refuse('The new code is that of another person here.')
        console.log(told === 'noted' ? 'Noted: the person stays the same.' : 'Nobody here has the old code.')
      }),
    )
}

/** One code a line, asked for where a person types. */
async function readCodes(questions: readonly string[]): Promise<(string | null)[]> {
  const lines = createInterface({
    input: process.stdin,
    output: process.stdin.isTTY ? process.stderr : undefined,
  })
  const typed: string[] = []
  try {
    if (process.stdin.isTTY) for (const question of questions) typed.push(await lines.question(question))
    else for await (const line of lines) if (typed.push(line) === questions.length) break
  } finally {
    lines.close()
  }
  return questions.map((_, at) => personalCode(typed[at]))
}

function refuse(why: string): void {
  console.error(why)
  process.exitCode = 1
}
