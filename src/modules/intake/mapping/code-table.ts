const CHUNK = 1 << 20 // bytes of an arena; an entry never spans two
const LONGEST = 64 * 1024 * 3 // bytes of a line, and so of a code and what is said of it
const HEAD = 5 // length of the code (one byte), length of what is said (four)
const MOST_OF_A_CODE = 255 // bytes; codes have at most 50 characters

/**
 * Numbers 0, 1, 2, … for codes in the order in which they are met, with the words their line says of them. Kept as bytes outside of
 * the heap, some 60 for a learner with name, sex and month of birth: a `Map` of texts takes four times as much, and the heap that
 * holds it is walked again and again.
 */
export class CodeTable {
  readonly #scratch = Buffer.allocUnsafe(LONGEST)
  #chunks: Buffer[] = []
  #at = CHUNK // in the last chunk: there is none yet
  #starts = new Float64Array(1024) // of entries: chunk × CHUNK + place
  #lines = new Float64Array(1024)
  #slots = new Int32Array(4096) // number + 1 by hash of the code, 0 where free; at most half full
  #size = 0

  /** How many codes are known. */
  get size(): number {
    return this.#size
  }

  /** Number of a code; −1 when it was not met. */
  find(code: string): number {
    const length = this.#scratch.write(code, 'utf8')
    const slots = this.#slots
    const last = slots.length - 1
    for (let at = hashOf(this.#scratch, 0, length) & last; ; at = (at + 1) & last) {
      const no = slots[at]! - 1
      if (no < 0 || this.#isCode(no, length)) return no
    }
  }

  /**
   * Numbers a code that was not met.
   *
   * @param said  what its line says, to be asked for again
   * @throws      RangeError for a code of more than 255 bytes
   */
  add(code: string, said = '', line = 0): number {
    const length = this.#scratch.write(code, 'utf8')
    if (length > MOST_OF_A_CODE) throw new RangeError('A code has at most 255 bytes')
    const hash = hashOf(this.#scratch, 0, length)
    const words = this.#scratch.write(said, length, 'utf8')
    const size = HEAD + length + words
    if (this.#at + size > CHUNK) {
      this.#chunks.push(Buffer.allocUnsafeSlow(CHUNK))
      this.#at = 0
    }
    const chunk = this.#chunks.at(-1)!
    chunk[this.#at] = length
    chunk.writeUInt32LE(words, this.#at + 1)
    this.#scratch.copy(chunk, this.#at + HEAD, 0, length + words)
    const no = this.#size
    if (no === this.#starts.length) this.#lengthen()
    this.#starts[no] = (this.#chunks.length - 1) * CHUNK + this.#at
    this.#lines[no] = line
    this.#at += size
    this.#size += 1
    if (this.#size * 2 > this.#slots.length) this.#spread()
    else this.#place(no, hash)
    return no
  }

  /** What the line said that brought the code. */
  said(no: number): string {
    const { chunk, at } = this.#entry(no)
    const from = at + HEAD + chunk[at]!
    return chunk.toString('utf8', from, from + chunk.readUInt32LE(at + 1))
  }

  /** The line that brought it. */
  line(no: number): number {
    return this.#lines[no]!
  }

  #entry(no: number): { chunk: Buffer; at: number } {
    const start = this.#starts[no]!
    return { chunk: this.#chunks[Math.floor(start / CHUNK)]!, at: start % CHUNK }
  }

  /** Whether the code of a number is the one that was written into the scratch. */
  #isCode(no: number, length: number): boolean {
    const start = this.#starts[no]!
    const chunk = this.#chunks[Math.floor(start / CHUNK)]!
    const at = start % CHUNK
    if (chunk[at] !== length) return false
    const from = at + HEAD
    for (let each = 0; each < length; each++) {
      if (chunk[from + each] !== this.#scratch[each]) return false
    }
    return true
  }

  #place(no: number, hash: number) {
    const last = this.#slots.length - 1
    let at = hash & last
    while (this.#slots[at] !== 0) at = (at + 1) & last
    this.#slots[at] = no + 1
  }

  #spread() {
    this.#slots = new Int32Array(this.#slots.length * 4)
    for (let no = 0; no < this.#size; no++) {
      const { chunk, at } = this.#entry(no)
      this.#place(no, hashOf(chunk, at + HEAD, at + HEAD + chunk[at]!))
    }
  }

  #lengthen() {
    const longer = (of: Float64Array<ArrayBuffer>) => {
      const copy = new Float64Array(of.length * 2)
      copy.set(of)
      return copy
    }
    this.#starts = longer(this.#starts)
    this.#lines = longer(this.#lines)
  }
}

/** FNV-1a of 32 bits, http://www.isthe.com/chongo/tech/comp/fnv/, its last bits mixed with the first: only those are looked at. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  return hash ^ (hash >>> 15)
}
