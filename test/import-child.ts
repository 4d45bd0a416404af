import { openDatabase } from '#db/connection.ts'
import { importFile } from '#modules/intake/index.ts'
import { mappingOf } from './intake-file.ts'

/** An import in a process of its own, so that it can be killed: `node test/import-child.ts FILE PLACE` (JSON). */
const [file, place] = process.argv.slice(2)
const db = await openDatabase({ place: JSON.parse(place!) })
const report = await importFile({
  db,
  keys: { current: '1', keys: { 1: Buffer.alloc(32, 1) } },
  file: file!,
  mapping: mappingOf(),
  onProgress: ({ phase }) => process.stdout.write(`${phase}\n`),
})
process.stdout.write(`${report.state}\n`)
await db.close()
