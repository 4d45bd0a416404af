/** Numbers written one after the other into one typed array, which grows: a million of them take 4 or 8 MB and no more. */
export interface Growing<Numbers extends Int32Array | Float64Array> {
  push(number: number): void
  /** what has been written, not a copy; replaced by another array when it grows */
  all(): Numbers
  readonly length: number
}

export function growing<Numbers extends Int32Array | Float64Array>(
  make: (length: number) => Numbers,
): Growing<Numbers> {
  let numbers = make(1024)
  let length = 0
  return {
    push(number) {
      if (length === numbers.length) {
        const larger = make(Math.ceil(1.5 * length))
        larger.set(numbers)
        numbers = larger
      }
      numbers[length++] = number
    },
    all: () => numbers.subarray(0, length) as Numbers,
    get length() {
      return length
    },
  }
}

/** Fills an array by place: `from` of a typed array would gather a million numbers in a list first. */
export function tabulate<Numbers extends Int32Array | Float64Array | Uint8Array | Int8Array>(
  numbers: Numbers,
  numberAt: (place: number) => number,
): Numbers {
  for (let at = 0; at < numbers.length; at++) numbers[at] = numberAt(at)
  return numbers
}

/** The places from 0 to count − 1 that are wanted. */
export function where(count: number, isWanted: (place: number) => boolean): Int32Array {
  const places = growing((length) => new Int32Array(length))
  for (let at = 0; at < count; at++) if (isWanted(at)) places.push(at)
  return places.all()
}

/** Keys by number and numbers by key; a fifth of the memory of a `Map` from text. */
export interface KeyIndex {
  readonly keys: string[]
  /** The number of a key; a new key gets the next. */
  numberOf(key: string): number
}

export function keyIndex(): KeyIndex {
  const keys: string[] = []
  const hashes = growing((length) => new Int32Array(length))
  // open addressing; at most half of the slots are taken
  let slots = new Int32Array(2048).fill(-1)
  const slotOf = (hash: number, isFound: (number: number) => boolean): number => {
    let slot = hash & (slots.length - 1)
    while (slots[slot]! >= 0 && !isFound(slots[slot]!)) slot = (slot + 1) & (slots.length - 1)
    return slot
  }
  const grow = () => {
    slots = new Int32Array(2 * slots.length).fill(-1)
    hashes.all().forEach((hash, number) => {
      slots[slotOf(hash, () => false)] = number
    })
  }
  return {
    keys,
    numberOf(key) {
      const hash = hashOf(key)
      const all = hashes.all()
      const slot = slotOf(hash, (number) => all[number] === hash && keys[number] === key)
      if (slots[slot]! >= 0) return slots[slot]!
      const number = keys.push(key) - 1
      hashes.push(hash)
      slots[slot] = number
      if (2 * keys.length > slots.length) grow()
      return number
    },
  }
}

/** FNV-1a over the characters, mixed once more so that the low bits differ. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return hash ^ (hash >>> 15)
}
