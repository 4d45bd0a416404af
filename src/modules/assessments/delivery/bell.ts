const PAUSE = 300 // ms between two rings

/**
 * Tells the boards that are open in which sessions something happened, a moment later and for all together: those who tell wait for
 * each other in the database, and no answer may wait with them. What is lost with the process is seen when boards look by themselves.
 */
export class Bell {
  readonly #tell: (rooms: number[]) => Promise<void>
  readonly #log: (message: string) => void
  #rooms = new Set<number>()
  #isOn = false

  constructor(tell: (rooms: number[]) => Promise<void>, log: (message: string) => void) {
    this.#tell = tell
    this.#log = log
  }

  ring(room: number): void {
    this.#rooms.add(room)
    if (this.#isOn) return
    this.#isOn = true
    setTimeout(() => void this.#tellAll(), PAUSE).unref()
  }

  async #tellAll() {
    const rooms = [...this.#rooms]
    this.#rooms.clear()
    try {
      await this.#tell(rooms)
    } catch (error) {
      this.#log(`boards were not told: ${(error as Error).name}`)
    }
    this.#isOn = false
    const [more] = this.#rooms
    if (more !== undefined) this.ring(more)
  }
}
