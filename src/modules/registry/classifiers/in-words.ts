/**
 * SQL of a code in words (`{lv, en}`); a code that has none stays as it is, and nothing stays nothing.
 *
 * @param code      SQL of the code
 * @param withCode  the code stands behind the words, where people know it by its number
 */
export function codeInWords(classifier: string, code: string, { withCode = false } = {}): string {
  const label = (column: string) => (withCode ? `k.${column} || ' (' || k.code || ')'` : `k.${column}`)
  return `coalesce(
    (select jsonb_build_object('lv', ${label('label_lv')}, 'en', ${label('label_en')}) from registry.classifier_entry k
      where k.superseded_by is null and k.classifier = '${classifier}' and k.code = (${code})::text),
    to_jsonb(${code}))`
}
