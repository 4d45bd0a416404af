/** The small script of a child’s pages: saves at once, keeps what is not acknowledged, goes on without a connection. */
export const ISLAND = '/islands/sitting.js'
