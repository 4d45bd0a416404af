/**
 * First two digits of the codes of preschool, basic and general secondary education in the Latvian classification of education. All
 * other programmes of schools are trades.
 */
export const generalProgrammes = ['01', '11', '21', '31'] as const
