// Reads each BPMN file of a folder with bpmn-moddle and checks it with bpmnlint's recommended rules.
// Prints one JSON object: file name -> {warnings, errors}. Usage: node lint.mjs FOLDER
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';
import { Linter } from 'bpmnlint';
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js';

const folder = process.argv[2];
const moddle = new BpmnModdle();
const found = {};

for (const name of readdirSync(folder).filter((file) => file.endsWith('.bpmn')).sort()) {
  const { rootElement, warnings } = await moddle.fromXML(readFileSync(join(folder, name), 'utf8'));
  const linter = new Linter({ config: { extends: 'bpmnlint:recommended' }, resolver: new NodeResolver() });
  const reports = await linter.lint(rootElement);
  const errors = [];
  const hints = [];
  for (const [rule, list] of Object.entries(reports)) {
    for (const report of list) {
      (report.category === 'error' ? errors : hints).push(`${rule}: ${report.id}: ${report.message}`);
    }
  }
  found[name] = { warnings: warnings.map((warning) => warning.message), errors, hints };
}
console.log(JSON.stringify(found));
