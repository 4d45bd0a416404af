/** Wakes one waiter; a ring that nobody waits for wakes the next who does. */
export class Bell {
  #rung = false
  #wake: (() => void) | undefined

  ring(): void {
    this.#rung = true
    this.#wake?.()
  }

  /** Until it rings, at most so long, ms. */
  wait(most: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#wake = undefined
        this.#rung = false
        resolve()
      }
      const timer = setTimeout(done, most)
      this.#wake = done
      if (this.#rung) done()
    })
  }
}
