/** Those of AppFlow's words that a catalogue knows; `undefined` where AppFlow says nothing. Later AppFlows may have more of them. */
export function carriedWords(
  words: readonly string[] | undefined,
  known: Readonly<Record<string, string>>,
  lose: (what: string) => void,
): readonly string[] | undefined {
  const carried = new Set(Object.values(known));
  for (const word of words ?? []) if (!carried.has(word)) lose(`${word}, which is newer than the catalogue`);
  return words?.filter(word => carried.has(word));
}
