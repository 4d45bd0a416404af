import { CopyRows, createStaging, type StagingTable } from '#db/copy.ts'
import type { FoundTogether } from '#db/entity-checks.ts'
import type { Merged } from '#db/entity-versions.ts'
import { FeedRefused, feedTable, takeFeed } from '#modules/access/index.ts'
import { completeFeed } from '#modules/registry/index.ts'
import { LISTED } from '../model.ts'
import { FileFault } from '../read/file-fault.ts'
import type { Sink } from '../read/stage-rows.ts'
import { ContractPart, type Working } from './contract-part.ts'
import type { LineReader } from './entity-rows.ts'
import { analyzeStaged } from './staged-store.ts'

/** Who may act for which child: always a complete feed of the snapshot's day. */
export class RepresentationsPart extends ContractPart {
  protected async prepare({ tx }: Working) {
    await createStaging(tx, feedTable)
  }

  protected open({ tx }: Working, reader: LineReader): Sink {
    const rows = new CopyRows<StagingTable['columns']>(feedTable)
    const { hashCode } = this.shared.sealer
    const at = (name: string) => reader.names.indexOf(name)
    const [child, adult, kind, from, until, disputed, born] = [
      at('child_uid'),
      at('adult_code'),
      at('kind'),
      at('from'),
      at('until'),
      at('disputed'),
      at('born_on'),
    ]
    return {
      add(row, line) {
        const values = reader.values(row, line)
        if (!values) return
        const last = values[until] as number | null
        rows.add([
          line,
          hashCode(String(values[adult])),
          hashCode(String(values[child])),
          values[kind]!,
          values[from]!,
          last === null ? null : last + 1,
          values[born] ?? null,
          values[disputed] === true,
        ])
      },
      get size() {
        return rows.size
      },
      send: () => rows.send(tx),
    }
  }

  protected async check({ tx, references }: Working): Promise<FoundTogether[]> {
    await analyzeStaged(tx, ['feed'])
    const { lines, total } = await completeFeed(tx, LISTED)
    if (references.isUnmerged('learners')) return []
    const found = lines.map((line) => ({
      line,
      column: 'born_on',
      rule: 'representation.birth_unknown',
      value: null,
      detail: {},
    }))
    return [{ found, total }]
  }

  protected async merge({ tx, importId }: Working): Promise<Merged> {
    const { snapshotDate } = this.shared.manifest
    try {
      const { mayEndMany } = this.shared
      const { added, ended, standing, blocked } = await takeFeed(tx, snapshotDate, { importId, mayEndMany })
      return { added, changed: 0, withdrawn: ended, unchanged: Math.max(0, standing + blocked - added) }
    } catch (error) {
      if (!(error instanceof FeedRefused)) throw error
      throw new FileFault(error.why, 1, error.detail)
    }
  }
}
