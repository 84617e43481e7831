/** @param {readonly number[]} values */
export const quantile = (values, q) => {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
};

/** Of times in ms. */
export const spreadOf = (values) => ({
  count: values.length,
  p50: quantile(values, 0.5),
  p95: quantile(values, 0.95),
  p99: quantile(values, 0.99),
});

/** Median, lowest and highest of the rates of some runs. */
export const rateOf = (runs) => {
  const rates = runs.map(({ calls, seconds }) => calls / seconds);
  return { median: quantile(rates, 0.5), min: Math.min(...rates), max: Math.max(...rates), runs: rates.length };
};

const round = (value) => (Number.isInteger(value) ? value : Number(value.toPrecision(4)));
/** Counts as they are; of anything measured, four digits say all that is known. */
export const rounded = (value) =>
  JSON.parse(JSON.stringify(value, (_, each) => (typeof each === 'number' ? round(each) : each)));

const count = (value) => Math.round(value).toLocaleString('en');
const ofRate = ({ median, min, max }) => [`${count(median)}/s`, `${count(min)} – ${count(max)}`];
const ofRatio = (ratio) => [ratio.toFixed(2), ''];
const ofTimes = ({ p50, p95, p99 }) => [`${count(p50)} ms`, `p95 ${count(p95)} · p99 ${count(p99)} ms`];

const rowsOf = ({ latency, burst, reading, beside, alone, apis, worker }) => [
  ...writing('64 in flight, no worker', alone),
  ...(apis
    ? [
        ['64 submissions in flight, the apis and the clients on the same cores: more processes show what they cost'],
        ['one api process', ...ofRate(apis.one)],
        ['two api processes', ...ofRate(apis.two)],
        ['two of one', ...ofRatio(apis.ratio)],
      ]
    : []),
  ...writing('64 in flight, worker running', beside),
  ...(latency
    ? [
        [`at ${latency.perSecond} submissions a second, worker running`],
        ['submit → answered', ...ofTimes(latency.answered)],
        ['submit → screened', ...ofTimes(latency.screened)],
        ['screened of submitted', `${latency.screened.count} of ${latency.submitted}`],
      ]
    : []),
  ...(burst
    ? [
        [`a burst of ${count(burst.submitted)} submissions, worker running`],
        ['submitted', `${count(burst.submittedPerSecond)}/s`],
        [
          'screened, to the last one',
          `${count(burst.screenedPerSecond)}/s`,
          `${count(burst.screened)} in ${burst.seconds.toFixed(1)} s`,
        ],
      ]
    : []),
  ...(reading
    ? [
        [`the whole log: ${count(reading.events)} events, ${count(reading.rows)} rows of ${reading.view}`],
        ['raw readAll', ...ofRate(reading.readAll)],
        ['raw INSERT … unnest, indexes', ...ofRate(reading.insert)],
        ['raw INSERT … unnest, bare', ...ofRate(reading.bare)],
        ['rebuild', ...ofRate(reading.rebuild)],
        ['rebuild of 1/(1/read + 1/insert)', ...ofRatio(reading.share)],
        ['the same, bare insert', ...ofRatio(reading.shareOfBare)],
        [
          'memory of the rebuild',
          `${count(reading.rebuildMemoryMb)} MB`,
          `a raw read ${count(reading.readMemoryMb)} MB`,
        ],
      ]
    : []),
  ...(worker
    ? [
        ['a worker whose views begin at the beginning of that log'],
        ['memory', `${count(worker.peakMb)} MB`, `median ${count(worker.medianMb)} MB`],
        ['came to the end', worker.behind === 0 ? 'yes' : `${count(worker.behind)} left`, `${count(worker.seconds)} s`],
      ]
    : []),
];

const writing = (title, measured) =>
  measured
    ? [
        [title],
        ['raw appendToStream', ...ofRate(measured.appends)],
        ['submissions', ...ofRate(measured.submissions)],
        ['submissions with a key', ...ofRate(measured.keyed)],
        ['submissions of raw', ...ofRatio(measured.ratio)],
        ['with a key, of raw', ...ofRatio(measured.keyedRatio)],
      ]
    : [];

/** The figures for people. */
export const tableOf = ({ machine, shape, ...figures }) => {
  const lines = rowsOf(figures).map(([name, ...values]) =>
    values.length === 0 ? `\n${name}` : `  ${name.padEnd(34)}${values[0].padStart(12)}   ${values[1] ?? ''}`.trimEnd(),
  );
  return [`${machine}\n${shape}`, ...lines].join('\n');
};
