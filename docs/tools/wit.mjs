// Reads the platform's own extension.wit: enough of the language for that file, and a fault for anything else.

/**
 * @typedef {{ name: string, docs: string, signature: string }} Function
 * @typedef {{ name: string, docs: string, types: string[], functions: Function[] }} Interface
 */

/**
 * @param {string} text
 * @returns {{ package: string, interfaces: Interface[], imports: string[], exports: string[] }}
 */
export function readWit(text) {
  const lines = text.split('\n');
  const wit = { package: '', interfaces: [], imports: [], exports: [] };
  let docs = [];
  let at = 0;

  const takeDocs = () => {
    const taken = docs.join(' ');
    docs = [];
    return taken;
  };

  /** The lines up to the one that closes a block, from the one that opens it. */
  const takeBlock = () => {
    const first = at;
    while (!(lines[at] ?? '}').trimEnd().endsWith('}')) at++;
    return lines.slice(first, at + 1).map((line) => line.replace(/^ {2}/, ''));
  };

  const readMember = (line, target) => {
    const func = /^([a-z-]+): (func.*);$/.exec(line);
    if (func) target.functions.push({ name: func[1], docs: takeDocs(), signature: func[2] });
    else if (/^(record|variant|enum) /.test(line)) {
      const before = docs.map((text) => `/// ${text}`);
      docs = [];
      target.types.push([...before, ...takeBlock()].join('\n'));
    } else if (/^(type|use) .*;$/.test(line)) {
      target.types.push([...docs.map((text) => `/// ${text}`), line].join('\n'));
      docs = [];
    } else throw new Error(`extension.wit:${at + 1}: '${line}' is not understood`);
  };

  /** The interface, or the world, whose lines these are. */
  let inside = null;
  for (; at < lines.length; at++) {
    const line = lines[at].trim();
    const comment = /^\/\/\/ ?(.*)$/.exec(line);
    const opens = /^(interface|world) ([a-z-]+) \{$/.exec(line);
    const crosses = /^(import|export) ([a-z-]+);$/.exec(line);
    if (line === '') continue;
    if (comment) docs.push(comment[1]);
    else if (line.startsWith('package ')) wit.package = line.slice(8, -1);
    else if (opens?.[1] === 'interface') {
      inside = { name: opens[2], docs: takeDocs(), types: [], functions: [] };
      wit.interfaces.push(inside);
    } else if (opens) inside = 'world';
    else if (line === '}') inside = null;
    else if (crosses && inside === 'world') wit[`${crosses[1]}s`].push(crosses[2]);
    else if (inside !== null && inside !== 'world') readMember(line, inside);
    else throw new Error(`extension.wit:${at + 1}: '${line}' is not understood`);
  }
  return wit;
}
