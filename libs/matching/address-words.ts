import { skeletonOf } from './name.js';

/** What a street is, not which, in the languages of most registers; and what stands beside it. */
const streetTypes = new Set(
  `st str street strasse rd road ave av avn avenue avenida avda dr drive ln lane blvd boulevard bd bulvar bulevar bulevardul
  hwy highway pkwy parkway sq square ct court cres crescent ter terrace cl close way pl place rue via r rua calle cale c
  alameda carretera ctra paseo pso plaza pza plac platz piata piazza corso largo travessa rodovia rod estrada praca chemin
  impasse allee aleja al ul ulica ulice os osiedle trg namesti nam trida calea strada sos soseaua weg gasse straat laan
  plein vagen gatan gata gade vej utca ut ter korut katu tie ulitsa prospekt pr prkt per pereulok nab naberezhnaya shosse
  bul odos leoforos leof sokak sok sk cadde caddesi cad mahallesi mah jalan jl duong pho thanon soi vulitsia
  de la do da dos das del della delle dello des du di le il nr no num number km sn bis und and et y
  n s e w north south east west nw ne sw se northwest northeast southwest southeast norte sur este oeste
  chome dingmu hao lu jie ku shi`
    .split(/\s+/)
    .map(skeletonOf),
);

// which door behind the house number: tenants of one building are told apart by their names
const door =
  /(?:#|\b(?:suite|ste|unit|apt|apartment|flat|room|rm|floor|fl|level|lok|lokal|lj|loja|cj|conj|sala|piso|depto|dpto|oficina|of|interior|interno|int|top|stiege|etg|etage|bus|office|kv|kvartira|ofis|daire|kat)\b)\.?\s*(?:no\.?\s*)?[a-z]?\d+[a-z]?\b|\b\d+(?:st|nd|rd|th)? ?(?:floor|fl|etage|piso|og)\b/g;
const postBox =
  /\b(?:p\.?\s?o\.?\s?box|post office box|postfach|postbus|boite postale|b\.?p\.?|apartado(?: postal)?|casilla|caixa postal|casella postale|skr(?:ytka|\.)? poczt(?:owa|\.)?|a\/ya|postboks)\s*(?:no\.?|nr\.?)?\s*(\d+)/g;

/** A street in Latin, lower case, without doors; a post office box is one word. */
export const foldStreet = (latin: string): string =>
  latin
    .replace(postBox, ' pobox$1 ')
    .replace(door, ' ')
    // glued to the name in some languages
    .replace(/(?:strasse|str)\b/g, ' ');

const spelt = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');

/** `5th` of "5th" and "fifth": the name of a street, not the number of a house. */
export const foldOrdinal = (word: string): string => {
  const at = spelt.indexOf(word);
  return at >= 0 ? `${at + 1}th` : word.replace(/^(\d+)(?:st|nd|rd)$/, '$1th');
};

/** Whether a word (as skeletonOf writes it) says what a street is, and not which. */
export const isStreetType = (skeleton: string): boolean => streetTypes.has(skeleton);

/** Cities that others call by another name: the first stands for all. */
const cities = new Map(
  `wien|vienna|viena|vienne;munchen|munich|monaco di baviera;koln|cologne|colonia|koeln;nurnberg|nuremberg;hannover|hanover
  frankfurt|frankfurt am main;warszawa|warsaw|warschau|varsovia;krakow|cracow|krakau;wroclaw|breslau;gdansk|danzig
  praha|prague|prag|praga;brno|brunn;bratislava|pressburg;moskva|moscow|moskau;sankt peterburg|saint petersburg|st petersburg
  kyiv|kiev|kyyiv;lviv|lvov|lwow;odesa|odessa;roma|rome|rom;milano|milan|mailand;torino|turin;firenze|florence|florenz
  napoli|naples|neapel;venezia|venice|venedig;genova|genoa|genua;lisboa|lisbon|lissabon;porto|oporto;sevilla|seville
  bruxelles|brussels|brussel|brussel;antwerpen|antwerp|anvers;gent|ghent|gand;den haag|the hague|s gravenhage
  geneve|geneva|genf|ginevra;zurich|zurigo;basel|basle|bale;bern|berne;luxembourg|luxemburg;kobenhavn|copenhagen|kopenhagen
  goteborg|gothenburg;athina|athens|athen;thessaloniki|salonica;bucuresti|bucharest|bukarest;beograd|belgrade|belgrad
  ciudad de mexico|mexico city|mexico df|cdmx|mexico;beijing|peking;guangzhou|canton;seoul|soul;new york|nyc|new york city
  sao paulo|s paulo;al qahira|cairo|kairo|qahira;mumbai|bombay;kolkata|calcutta;chennai|madras;bengaluru|bangalore`
    .split(/;|\n\s*/)
    .flatMap((line) => {
      const [own = '', ...others] = line.split('|');
      return others.map((other) => [other, own] as const);
    }),
);

/** A city, its words divided by blanks, under its own name. */
export const cityName = (words: string): string => cities.get(words) ?? words;
