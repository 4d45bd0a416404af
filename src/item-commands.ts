import type { Command } from 'commander'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { Duty, giveDuty, makeDemoAuthors, shipItems } from '#modules/assessments/index.ts'

type WithDatabase = (work: (db: Database) => Promise<void>) => Promise<void>

/** The commands about the item bank: the items that come with the product, and who may work in it. */
export function addItemCommands(program: Command, withDatabase: WithDatabase): void {
  const items = program.command('items').description('the item bank of the monitoring tests')

  items
    .command('ship')
    .description('put the framework and the items that come with the product into the bank, as drafts')
    .action(() =>
      withDatabase(async (db) => {
        const added = await asJob(db, shipItems)
        const people = await asJob(db, makeDemoAuthors)
        console.log(`${added} items added.${people > 0 ? ` ${people} demo people work with them.` : ''}`)
      }),
    )

  items
    .command('duty')
    .description(
      'give a mandate (of a teacher, a researcher, an analyst or a steward) a duty in the item bank',
    )
    .argument('<mandate>', 'number of the mandate, from the list of mandates')
    .argument('<duty>', Duty.options.join(', '))
    .action((mandate: string, said: string) =>
      withDatabase(async (db) => {
        const duty = Duty.safeParse(said)
        const isId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(mandate)
        const isGiven =
          isId && duty.success && (await asJob(db, (tx) => giveDuty(tx, mandate, duty.data, 'operator')))
        if (isGiven) console.log('The duty is given.')
        else {
          console.error('There is no such mandate or duty, or it has it already.')
          process.exitCode = 1
        }
      }),
    )
}
