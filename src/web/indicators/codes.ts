/** Indicators the pages know by name; everything else about them comes from the catalogue. */
export const codes = {
  learners: 'CTX-01',
  meanResult: 'ACH-05',
  meanMonitoring: 'ACH-01',
  participation: 'ACH-10',
  progress: 'ACH-11',
  growth: 'ACH-04',
} as const
