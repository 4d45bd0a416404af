import type { AbsenceReason } from '#terms/cell.ts'

/** Where on the page “Why some numbers are missing” each reason is explained. */
export const absenceAnchor: Record<AbsenceReason, string> = {
  too_few: 'few',
  same_for_all: 'same',
  few_dominate: 'dominate',
  would_reveal: 'reveal',
  not_public: 'decision',
  not_applicable: 'symbols',
  unavailable: 'symbols',
}
