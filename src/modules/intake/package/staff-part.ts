import { createStaging } from '#db/copy.ts'
import { type FoundTogether, repeatedRows } from '#db/entity-checks.ts'
import { describedThings } from '#db/entity-staged.ts'
import { type Merged, mergeVersions } from '#db/entity-versions.ts'
import { findStaff, staffVersions, takeStaff } from '#modules/registry/index.ts'
import { LISTED } from '../model.ts'
import { ContractPart, type Working } from './contract-part.ts'
import { EntityRows, type Hidden, type LineReader, stagedRows } from './entity-rows.ts'
import { analyzeStaged } from './staged-store.ts'

/** The staff: who they are is hashed and sealed before it leaves the program. */
export class StaffPart extends ContractPart {
  get #hidden(): Hidden {
    const names = Object.keys(this.definition.columns)
    const [code, name] = [names.indexOf('staff_uid'), names.indexOf('name')]
    const { hashCode, hashName, seal } = this.shared.sealer
    return {
      names: ['staff_uid', 'name'],
      staged: [
        ['code_hash', 'bytea'],
        ['sealed_code', 'bytea'],
        ['sealed_name', 'bytea'],
        ['name_hash', 'bytea'],
      ],
      of(values) {
        const [uid, called] = [String(values[code]), values[name] as string | null]
        return [
          hashCode(uid),
          seal('code', uid),
          called === null ? null : seal('name', called),
          called === null ? null : hashName(uid, called),
        ]
      },
    }
  }

  protected async prepare({ tx, kinds }: Working) {
    await createStaging(tx, stagedRows(this.definition, kinds, this.#hidden))
  }

  protected open({ tx, kinds }: Working, reader: LineReader) {
    const hidden = this.#hidden
    return new EntityRows(tx, stagedRows(this.definition, kinds, hidden), reader, hidden)
  }

  protected async check({ tx }: Working): Promise<FoundTogether[]> {
    await analyzeStaged(tx, ['staged_row'])
    return [await repeatedRows(tx, ['code_hash'], LISTED)]
  }

  protected async merge({ tx, importId, present }: Working): Promise<Merged> {
    await findStaff(tx)
    await takeStaff(tx, importId)
    const ids = { join: 'join id_of o using (code_hash)', id: 'o.id', isNew: 'o.is_new' }
    const { snapshotDate: snapshot } = this.shared.manifest
    return mergeVersions(tx, importId, {
      ...staffVersions,
      from: describedThings({ entity: this.definition, present }, staffVersions, { ids, snapshot }),
    })
  }
}
