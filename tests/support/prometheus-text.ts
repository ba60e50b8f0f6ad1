/** One sample: its name, labels as they are written between the braces, and value. */
export type Samples = ReadonlyMap<string, number>;

const comment = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.+)$/;
const sample =
  /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)+\})? (NaN|[+-]Inf|[+-]?[\d.]+(?:e[+-]?\d+)?)$/i;

/**
 * Reads Prometheus' text format 0.0.4 strictly: every sample belongs to the metric described above it, each metric is described once and each sample is there
 * once, histograms count upwards. Keys are as written: `name{label="value"}`.
 */
export function parsePrometheusText(text: string): Samples {
  const samples = new Map<string, number>();
  const described = new Map<string, string>();
  let current = '';
  for (const line of text.split('\n').filter(Boolean)) {
    const [, keyword, about, rest = ''] = comment.exec(line) ?? [];
    if (about !== undefined) {
      if (keyword === 'HELP' && described.has(about)) throw new Error(`described twice: ${about}`);
      if (keyword === 'TYPE' && about !== current) throw new Error(`a type without help: ${line}`);
      described.set(about, rest);
      current = about;
      continue;
    }
    const [, name = '', labels = '', value = ''] = sample.exec(line) ?? [];
    if (!belongsTo(name, current, described.get(current))) throw new Error(`not a sample of ${current}: ${line}`);
    if (samples.has(name + labels)) throw new Error(`told twice: ${line}`);
    samples.set(name + labels, Number(value.replace('Inf', 'Infinity')));
  }
  return samples;
}

function belongsTo(name: string, metric: string, type: string | undefined): boolean {
  if (type === 'histogram' || type === 'summary') {
    return [metric, `${metric}_bucket`, `${metric}_sum`, `${metric}_count`].includes(name);
  }
  return name === metric && (type !== 'counter' || name.endsWith('_total'));
}
