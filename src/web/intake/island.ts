/** The small script of the pages on which files are sent and imported; without it they work as plain forms. */
export const ISLAND = '/islands/intake.js'
