import type { PackageFinding } from '../model.ts'
import type { Element } from './xml.ts'

/** An item cannot be taken over: what it asks or how it is scored would not be the same. */
export class ItemRefused extends Error {
  readonly finding: Omit<PackageFinding, 'file' | 'outcome'>
  constructor(element: string, line: number | null, reason: string) {
    super(reason)
    this.name = 'ItemRefused'
    this.finding = { element, line, reason }
  }
}

/** Collects what of a file is left out, and says what is refused. */
export class Findings {
  readonly file: string
  readonly all: PackageFinding[] = []

  constructor(file: string) {
    this.file = file
  }

  /** Something that changes neither question nor points, but is not carried over. */
  leave(element: Element | string, reason: string, attribute?: string): void {
    const name = typeof element === 'string' ? element : element.name
    this.all.push({
      file: this.file,
      element: (attribute ? `${name}@${attribute}` : name).slice(0, 100),
      line: typeof element === 'string' ? null : element.line,
      reason,
      outcome: 'left_out',
    })
  }

  /** Attributes of an element; every other one it has is said to be left out. */
  take<Name extends string>(element: Element, ...names: Name[]): Record<Name, string | undefined> {
    for (const name of element.attributes.keys()) {
      const isWiring = name === 'xmlns' || name.startsWith('xmlns:') || name === 'xsi:schemaLocation'
      if (!isWiring && !names.some((each) => each === name)) this.leave(element, 'unknown_attribute', name)
    }
    return Object.fromEntries(names.map((name) => [name, element.attributes.get(name)])) as Record<
      Name,
      string | undefined
    >
  }
}

/** @throws ItemRefused */
export function refuse(element: Element | string, reason: string): never {
  throw typeof element === 'string'
    ? new ItemRefused(element, null, reason)
    : new ItemRefused(element.name, element.line, reason)
}
