import type { ReactNode } from 'react'

/** A table that may be wider than a phone: it scrolls by itself, with a finger or, once focused, with arrow keys. */
export function WideTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="scroll" aria-label={label} tabIndex={0}>
      <table className="data">{children}</table>
    </section>
  )
}
