/** Those of AppFlow's words that a catalogue knows; `undefined` where AppFlow says nothing. Later AppFlows may have more of them. */
export function carriedWords(
  words: readonly string[] | undefined,
  known: ReadonlySet<string>,
  lose: (what: string) => void,
): readonly string[] | undefined {
  return words?.filter(word => {
    if (!known.has(word)) lose(`${word}, which is newer than the catalogue`);
    return known.has(word);
  });
}
