import { openDatabase } from '#db/connection.ts'
import { loadKeys } from '#db/keys.ts'
import { rotateKeys } from '#modules/keys/index.ts'

/**
 * A rotation in a process of its own, so that it can be killed: `node test/keys/rotate-child.ts PLACE KEY_FILE [BATCHES]`
 * (PLACE is JSON). It stops for ever after so many batches; says how many rows are done.
 */
const [place, keyFile, batches] = process.argv.slice(2)
const db = await openDatabase({ place: JSON.parse(place!) })
let seen = 0
await rotateKeys(db, loadKeys(keyFile!), {
  batch: 100,
  onProgress: ({ done }) => {
    process.stdout.write(`${done}\n`)
    seen += 1
    if (seen === Number(batches)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  },
})
process.stdout.write('ended\n')
await db.close()
