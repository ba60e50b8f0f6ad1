/** Does some work for every item, in order, a few at a time. After the first failure no more is begun, and that failure is thrown. */
export async function forEachAtOnce<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = oneAfterTheOther(items);
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** A generator, because a loop over one that throws closes it: for the other workers, too. */
function* oneAfterTheOther<T>(items: Iterable<T>): Generator<T> {
  yield* items;
}
