/** One sample: its name, labels as they are written between the braces, and value. */
export type Samples = ReadonlyMap<string, number>;

const comment = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.+)$/;
const sample =
  /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)+\})? (NaN|[+-]Inf|[+-]?[\d.]+(?:e[+-]?\d+)?)$/i;

/**
 * Reads Prometheus' text format 0.0.4 strictly: every sample stands below the help and type of its metric, no metric is described twice, and no sample is there
 * twice. Keys are as written: `name{label="value"}`.
 */
export function parsePrometheusText(text: string): Samples {
  const samples = new Map<string, number>();
  for (const { metric, type, lines } of toFamilies(text)) {
    for (const line of lines) {
      const [, name = '', labels = '', value = ''] = sample.exec(line) ?? [];
      if (!belongsTo(name, metric, type)) throw new Error(`not a sample of the ${type} ${metric}: ${line}`);
      if (samples.has(name + labels)) throw new Error(`told twice: ${line}`);
      samples.set(name + labels, Number(value.replace('Inf', 'Infinity')));
    }
  }
  return samples;
}

/** A metric's help, type and samples. */
function toFamilies(text: string) {
  const blocks = text.split(/^(?=# HELP )/m).filter(block => block.trim());
  const families = blocks.map(block => {
    const [help = '', typed = '', ...lines] = block.split('\n').filter(Boolean);
    const [, keyword, metric = '', type = ''] = comment.exec(typed) ?? [];
    if (keyword !== 'TYPE' || !help.startsWith(`# HELP ${metric} `)) throw new Error(`badly described: ${block}`);
    return { metric, type, lines };
  });
  const names = families.map(({ metric }) => metric);
  if (new Set(names).size < names.length) throw new Error(`described twice, one of ${names}`);
  return families;
}

function belongsTo(name: string, metric: string, type: string): boolean {
  if (type === 'histogram' || type === 'summary') {
    return [metric, `${metric}_bucket`, `${metric}_sum`, `${metric}_count`].includes(name);
  }
  return name === metric && (type !== 'counter' || name.endsWith('_total'));
}
