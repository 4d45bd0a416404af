import type { Tx } from '#db/actor.ts'
import { takeState } from '#modules/registry/index.ts'
import { nothing, type Part, type PartCounts, type Work } from '../part.ts'
import type { Content } from '../read/content.ts'
import { Refusals } from '../report/refusals.ts'
import type { Manifest } from './manifest.ts'

/** The manifest itself: it says which state the files are about. */
export class ManifestPart implements Part {
  readonly content: Content
  readonly source: string
  readonly declared: Manifest
  readonly entity = null
  readonly refusals = new Refusals()
  readonly read = 0
  readonly sha256: Buffer

  constructor(content: Content, manifest: Manifest, sha256: Buffer) {
    this.content = content
    this.source = manifest.source
    this.declared = manifest
    this.sha256 = sha256
  }

  async take(tx: Tx, { importId }: Work): Promise<PartCounts> {
    const added = Number(await takeState(tx, importId, this.declared.state))
    return { territories: { ...nothing, read: 1, added, unchanged: 1 - added, refused: 0 } }
  }
}
