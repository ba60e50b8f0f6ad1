/** Where the Lambda Runtime Interface Emulator takes events (from its source). */
const emulatorPath = '/2015-03-31/functions/function/invocations';

/**
 * Reads where a custom connector's function is invoked: an http or https URL without user name, password and fragment. A bare
 * origin, such as http://127.0.0.1:9000, gets the emulator's path. `undefined` when the text is no such URL.
 */
export function toInvocationUrl(text: string): URL | undefined {
  if (!/^https?:\/\/\S+$/i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return undefined;
  if (url.pathname === '/' && url.search === '') url.pathname = emulatorPath;
  return url;
}
