import { SingleBar } from 'cli-progress'
import type { Command } from 'commander'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { addKey } from '#db/key-file.ts'
import { KeysRefused, readKeyFile } from '#db/key-ring.ts'
import { commandOf, type Keys } from '#db/keys.ts'
import { forgetKey, type KeyUse, keyUses, rotateKeys } from '#modules/keys/index.ts'

type WithDatabase = (work: (db: Database, keys: Keys) => Promise<void>) => Promise<void>

/** The commands about master keys: which there are, a new one, everything under it, the old one gone. They print no key. */
export function addKeyCommands(program: Command, withDatabase: WithDatabase, source: () => string): void {
  const keys = program
    .command('keys')
    .description('the keys that seal names and codes: list, new, rotate, forget')

  keys
    .command('list')
    .description('ids of keys and what needs each; never a key')
    .action(async () => {
      refuseMissing(source())
      await withDatabase(async (db, keys) => {
        for (const use of await asJob(db, (tx) => keyUses(tx, keys))) console.log(told(use))
      })
    })

  keys
    .command('new')
    .description('add a key to the key file and seal with it from now on; the old ones stay')
    .action(() => {
      const id = addKey(fileOf(source(), 'new'))
      console.log(
        `Key ${id} seals from now on. Copy the key file to its safe place before anything else, then run: ikms keys rotate`,
      )
    })

  keys
    .command('rotate')
    .description('seal everything that carries an older key anew; may be stopped and run again')
    .action(async () => {
      refuseMissing(source())
      await withDatabase(async (db, keys) => {
        const bar = new SingleBar({ format: 'rotate {bar} {value} done, {left} left', hideCursor: true })
        bar.start(1, 0, { left: '…' })
        const { done } = await rotateKeys(db, keys, {
          onProgress: (at) => {
            bar.setTotal(at.done + at.left)
            bar.update(at.done, { left: at.left })
          },
        }).finally(() => bar.stop())
        const uses = await asJob(db, (tx) => keyUses(tx, keys))
        console.log(`${done} rows were sealed anew; 0 are left. What is sealed carries key ${keys.current}.`)
        const idle = uses.filter(({ isCurrent, sealed }) => !isCurrent && sealed === 0)
        for (const use of idle) {
          const why = reasonsToStay(use)
          console.log(
            `Key ${use.id} seals nothing any more${why ? `, but stays: ${why}.` : `: ikms keys forget ${use.id}`}`,
          )
        }
      })
    })

  keys
    .command('forget')
    .description('take a key out of the key file once nothing needs it; older backups then show no names')
    .argument('<key>', 'id of the key, from the list')
    .action(async (id: string) => {
      const path = fileOf(source(), 'forget')
      refuseMissing(path)
      await withDatabase((db) => forgetKey(db, path, id))
      console.log(`Key ${id} is no longer in the key file. Take it out of your copies too.`)
    })
}

/** Asked about before the database is opened: opening would make a first key file where there is none. */
function refuseMissing(source: string) {
  if (commandOf(source) === null) readKeyFile(source)
}

function fileOf(source: string, what: string): string {
  if (commandOf(source) === null) return source
  throw new KeysRefused(
    `IKMS_KEYS is a command: the keys are kept elsewhere, so "keys ${what}" must be done there (docs/operations.md, "Keys")`,
  )
}

function reasonsToStay({ isFirst, populations }: KeyUse): string {
  return [
    isFirst && 'people and learners are found by it',
    populations > 0 && `the noise of ${populations} populations comes from it`,
  ]
    .filter(Boolean)
    .join('; ')
}

function told(use: KeyUse): string {
  const { id, inFile, isCurrent, sealed } = use
  return [
    `Key ${id}`,
    inFile ? (isCurrent ? 'current' : 'opens') : 'NOT IN THE KEY FILE',
    `${sealed} sealed values`,
    reasonsToStay(use),
  ]
    .filter(Boolean)
    .join(' · ')
}
