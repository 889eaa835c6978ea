/** The largest file that is taken, in bytes. */
export const MAX_FILE_BYTES: number = 50 * 1024 * 1024;
/** The most rows below the headings. */
export const MAX_ROWS = 100_000;
/** The most different texts in a workbook: as many as MAX_ROWS rows of 30 columns have, and headings. */
export const MAX_TEXTS: number = 31 * MAX_ROWS;
/** Columns further right are left aside. */
export const MAX_COLUMNS = 200;
/** What one part of a workbook may unpack to, in bytes; a sheet of MAX_ROWS rows of 30 columns has about 150 MB. */
export const MAX_UNPACKED_BYTES: number = 400 * 1024 * 1024;
/** The most text that one row, and one shared text, may have, in characters. */
export const MAX_ROW_CHARS: number = 1024 * 1024;
