/** The height of a row, in pixels. */
export const ROW_HEIGHT = { album: 54, list: 58 }
