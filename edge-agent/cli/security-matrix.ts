import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withMatrix } from '../people/permission-matrix.js';

/** Brings the matrix in docs/security.md up to date: `npm run security-matrix`. */
const page = join(import.meta.dirname, '../../../docs/security.md');
writeFileSync(page, withMatrix(readFileSync(page, 'utf8')));
