// The reference of what a component imports and exports, from extension.wit.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWit } from './wit.mjs';

const witFile = 'shared/wit/extension.wit';

function describe({ name, docs, types, functions }) {
  return [
    `## \`${name}\``,
    '',
    docs,
    '',
    ...functions.flatMap((func) => [
      `### \`${name}.${func.name}\``,
      '',
      '```wit',
      `${func.name}: ${func.signature}`,
      '```',
      '',
      func.docs,
      '',
    ]),
    ...(types.length ? [`### Types of \`${name}\``, '', '```wit', types.join('\n\n'), '```', ''] : []),
  ];
}

/** @param {string} root The repository. */
export function hostApiPage(root) {
  const wit = readWit(readFileSync(join(root, witFile), 'utf8'));
  const list = (names) => names.map((name) => `[\`${name}\`](#${name})`).join(', ');
  return [
    '# Host API reference',
    '',
    `What a component may import from the platform and what it exports to it, made of [\`${witFile}\`](../../${witFile}), package`,
    `\`${wit.package}\`. In TypeScript the [SDK](../../packages/extension-sdk/README.md) wraps all of it; [other languages](../guests/index.md)`,
    'use it as it is. [Limits](../limits.md) says how much of each is too much.',
    '',
    `Imports: ${list(wit.imports)}. Exports: ${list(wit.exports)}. A call without its capability is answered with \`denied\`, and`,
    'the text names the line of the manifest to add.',
    '',
    ...wit.interfaces.flatMap(describe),
  ].join('\n');
}
