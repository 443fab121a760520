/** Name of the setting that carries an extension's code to the loader; the extension does not see it. */
export const sourceSetting = 'alga.dev.source';

const interfaces = ['context', 'log', 'metrics', 'storage', 'http', 'secrets'];

/** Every import of an extension's bundle, by the name under which the loader gives it. */
export const loaderImports: Readonly<Record<string, string>> = {
  ...Object.fromEntries(interfaces.map((name) => [name, `alga:extension/${name}@2.0.0`])),
  random: 'wasi:random/random@0.2.12',
  clock: 'wasi:clocks/monotonic-clock@0.2.12',
};

/**
 * A guest that takes an extension's code from a setting at each invocation, so that a change of the code needs no new
 * component. The code gets the same imports as in a component of its own. Code that does not load is logged and answered with 500.
 */
export const loaderSource = `
${Object.entries(loaderImports)
  .map(([name, from]) => `import * as ${name} from '${from}';`)
  .join('\n')}

const setting = '${sourceSetting}';
const modules = {
${Object.entries(loaderImports)
  .filter(([name]) => name !== 'context')
  .map(([name, from]) => `  '${from}': ${name},`)
  .join('\n')}
  '${loaderImports['context'] ?? ''}': {
    current() {
      const invocation = context.current();
      return { ...invocation, config: invocation.config.filter(([name]) => name !== setting) };
    },
  },
};

let loaded;

function load() {
  if (loaded !== undefined) return loaded;
  const source = context.current().config.find(([name]) => name === setting)?.[1];
  if (source === undefined) throw new Error('No code is given.');
  const module = { exports: {} };
  new Function('require', 'module', 'exports', source)((name) => modules[name], module, module.exports);
  return (loaded = module.exports);
}

function explain(error) {
  const text = error instanceof Error ? error.message + '\\n' + error.stack : String(error);
  log.write('error', 'The extension does not load: ' + text, []);
  return 'The extension does not load.';
}

export const httpHandler = {
  handle(request) {
    let extension;
    try {
      extension = load();
    } catch (error) {
      return { status: 500, headers: [['content-type', 'text/plain']], body: { tag: 'text', val: explain(error) } };
    }
    return extension.httpHandler.handle(request);
  },
};

export const eventHandler = {
  handle(event) {
    let extension;
    try {
      extension = load();
    } catch (error) {
      throw explain(error);
    }
    extension.eventHandler.handle(event);
  },
};
`;
