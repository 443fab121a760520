import { basename, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createExtension, FolderNotEmptyError, templates, type Template } from './create.ts';
import { faultOfFolder, faultOfName, faultOfPublisher } from './names.ts';

const usage = `Usage: npm create alga-extension <folder> -- [options]

Writes the files of a new extension: handlers in TypeScript, tests, and with ui-react a React page.

  --template NAME     ${templates.join(' or ')}; ${templates[0]} unless given
  --publisher NAME    who publishes it, such as acme; example unless given
  --name NAME         the extension's name, such as com.acme.reports; com.<publisher>.<folder> unless given
  --packages DIR      take the @alga packages from DIR, where npm pack has put them
  --help              this text`;

/** The exit code: 0 for success, 1 for a folder that is not empty, 2 for wrong usage. */
export async function main(args: readonly string[], cwd: string): Promise<number> {
  const parsed = parse(args);
  if (typeof parsed === 'string') {
    console.error(`${parsed}\n\n${usage}`);
    return 2;
  }
  if (parsed === undefined) {
    console.log(usage);
    return 0;
  }
  const folder = resolve(cwd, parsed.folder);
  try {
    const files = await createExtension({
      ...parsed,
      folder,
      ...(parsed.packages === undefined ? {} : { packages: resolve(cwd, parsed.packages) }),
    });
    console.log(`${parsed.name}: ${files.length} files in ${folder}\n\nNext:\n  cd ${relative(cwd, folder)}`);
    console.log('  npm install\n  npm test\n  npm run build');
    return 0;
  } catch (error) {
    if (!(error instanceof FolderNotEmptyError)) throw error;
    console.error(`${error.message} Choose another folder, or empty it.`);
    return 1;
  }
}

interface Arguments {
  readonly folder: string;
  readonly template: Template;
  readonly name: string;
  readonly publisher: string;
  readonly packages?: string;
}

/** The arguments; a message when they are wrong; undefined when help was asked for. */
function parse(args: readonly string[]): Arguments | string | undefined {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        template: { type: 'string', default: templates[0] },
        publisher: { type: 'string', default: 'example' },
        name: { type: 'string' },
        packages: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { values, positionals } = parsed;
  if (values.help) return undefined;
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) return 'Name one folder for the extension.';
  const template = templates.find((known) => known === values.template);
  if (template === undefined) return `There is no template "${values.template}".`;
  const short = basename(resolve(folder));
  const name = values.name ?? `com.${values.publisher}.${short}`;
  const fault = faultOfFolder(short) ?? faultOfPublisher(values.publisher) ?? faultOfName(name);
  if (fault !== undefined) return fault;
  const { publisher, packages } = values;
  return { folder, template, name, publisher, ...(packages === undefined ? {} : { packages }) };
}
