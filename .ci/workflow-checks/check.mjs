// node check.mjs FOLDER: checks every workflow in it, prints what is wrong, and fails when anything is.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { disagreements, problemsOf } from './rules.mjs';

const folder = process.argv[2];
const files = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)).sort();
if (files.length === 0) {
  console.error(`no workflows in ${folder}`);
  process.exit(1);
}
const sources = files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
const problems = disagreements(sources);
for (const [name, source] of sources) {
  problems.push(...(await problemsOf(name, source)));
}
problems.forEach((problem) => console.error(problem));
console.log(`${files.length} workflows, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
