/** The rules of the manifest for names, so that a fault shows before there are files to change. */

const extensionName = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?){1,7}$/;
const publisherName = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;
const folderName = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** What is wrong with an extension's name, or undefined. */
export function faultOfName(name: string): string | undefined {
  if (name.length >= 3 && name.length <= 128 && extensionName.test(name)) return undefined;
  return `"${name}" is not an extension's name: write it as com.acme.reports, in lower case, 3 to 128 characters.`;
}

/** What is wrong with a publisher's name, or undefined. */
export function faultOfPublisher(publisher: string): string | undefined {
  if (publisher.length >= 2 && publisher.length <= 64 && publisherName.test(publisher)) return undefined;
  return `"${publisher}" is not a publisher's name: write it as acme or acme-labs, in lower case, 2 to 64 characters.`;
}

/** What is wrong with the name of the new folder, or undefined. It becomes the npm package's name. */
export function faultOfFolder(folder: string): string | undefined {
  if (folderName.test(folder)) return undefined;
  return `"${folder}" is not a name for the folder: use lower-case letters, digits and hyphens, a letter first.`;
}

/** `time-reports` becomes "Time reports". */
export function toTitle(folder: string): string {
  const words = folder.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
