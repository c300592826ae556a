// Each rule is seen to fail once, on the valid workflow with one thing broken.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disagreements, problemsOf } from './rules.mjs';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const VALID = `name: valid
on: push
permissions: {}
concurrency: valid
jobs:
  build:
    runs-on: ubuntu-24.04-arm
    timeout-minutes: 5
    permissions:
      contents: read
      attestations: write
    services:
      postgres:
        image: postgres:17.6@sha256:${'0'.repeat(64)}
    steps:
      - uses: actions/checkout@${SHA} # v1.2.3
        with:
          persist-credentials: false
      - run: .ci/lint
`;

const without = (text) => VALID.replace(text, '');
const replaced = (from, to) => VALID.replace(from, to);

const BROKEN = {
  'what is not YAML': [replaced('on: push', 'on: [push'), /Flow sequence/],
  'what the schema does not know': [replaced('timeout-minutes: 5', 'timeout-minutes: soon'), /schema/],
  'an unknown event': [replaced('on: push', 'on: pushed'), /actionlint|schema/],
  'an expression that names nothing': [replaced('timeout-minutes: 5', 'timeout-minutes: ${{ matrxi.minutes }}'), /actionlint: undefined variable "matrxi"/],
  'an unknown runner': [replaced('ubuntu-24.04-arm', 'ubuntu-24.4'), /actionlint: label/],
  'a step after a job that is not there': [replaced('    timeout-minutes', '    needs: absent\n    timeout-minutes'), /actionlint/],
  'no permissions of the workflow': [without('permissions: {}\n'), /no permissions: without/],
  'no permissions of a job': [without('    permissions:\n      contents: read\n      attestations: write\n'), /no permissions of its own/],
  'no concurrency group': [without('concurrency: valid\n'), /no concurrency group/],
  'no timeout': [without('    timeout-minutes: 5\n'), /no timeout-minutes/],
  'a checkout that leaves the token': [without('        with:\n          persist-credentials: false\n'), /leaves the token/],
  'an action pinned by tag': [replaced(`@${SHA} # v1.2.3`, '@v1'), /not pinned to a full commit/],
  'an action pinned by a short SHA': [replaced(SHA, SHA.slice(0, 12)), /not pinned to a full commit/],
  'a pin without its version': [without(' # v1.2.3'), /no comment with its version/],
  'an image pinned by tag': [replaced(`@sha256:${'0'.repeat(64)}`, ''), /not pinned by digest/],
  'a program in run': [replaced('run: .ci/lint', 'run: |\n          .ci/lint\n          .ci/tests'), /run is not a call of one script/],
  'two scripts in run': [replaced('run: .ci/lint', 'run: .ci/lint && .ci/tests'), /run is not a call of one script/],
  'a pipe in run': [replaced('run: .ci/lint', 'run: .ci/lint | tee log'), /run is not a call of one script/],
  'another command in run': [replaced('run: .ci/lint', 'run: npm test'), /run is not a call of one script/],
  'an expression in run': [replaced('run: .ci/lint', 'run: echo ${{ github.ref }}'), /becomes part of the program/],
};

test('a valid workflow has no problems', async () => {
  assert.deepEqual(await problemsOf('valid.yml', VALID), []);
});

test('a script gets arguments and its output is kept', async () => {
  const called = replaced('run: .ci/lint', 'run: .ci/lint "${ONE:-$TWO}" out/$THREE.txt >> "$GITHUB_OUTPUT"');
  assert.deepEqual(await problemsOf('called.yml', called), []);
});

test('a workflow that is only called needs no concurrency group', async () => {
  const called = VALID.replace('on: push', 'on:\n  workflow_call:').replace('concurrency: valid\n', '');
  assert.deepEqual(await problemsOf('called.yml', called), []);
});

for (const [what, [source, message]] of Object.entries(BROKEN)) {
  test(`refuses ${what}`, async () => {
    assert.notEqual(source, VALID);
    assert.match((await problemsOf('broken.yml', source)).join('\n'), message);
  });
}

test('refuses one action at two commits', () => {
  const other = VALID.replace(SHA, 'f'.repeat(40));
  assert.deepEqual(disagreements([['a.yml', VALID], ['b.yml', VALID]]), []);
  assert.match(disagreements([['a.yml', VALID], ['b.yml', other]]).join(), /actions\/checkout is pinned to several/);
});
