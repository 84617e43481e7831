/**
 * Companies that are made up, but skewed as real ones: a few words in very many names, most words in few, eight
 * languages, legal forms, and twins as people type them. The same seed, the same companies.
 */
const tongues = [
  {
    country: 'DE',
    forms: ['GmbH', 'GmbH & Co. KG', 'AG', 'e.K.', 'UG'],
    trades:
      'Handel Technik Bau Systeme Logistik Beratung Immobilien Dienstleistungen Elektro Medien Software Holding Service Verlag Transport Metallbau Maschinenbau Autohaus Apotheke Bäckerei Gartenbau Druckerei Sanitär Energie Consulting',
    cities: 'Berlin Hamburg München Köln Frankfurt Stuttgart Leipzig Dresden Bremen Nürnberg',
    stems: 'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann',
    tails: ['mann', 'er', 'berg', 'stein', 'hausen', 'bach', 'feld', 'dorf'],
    dial: '+4930',
  },
  {
    country: 'PL',
    forms: ['Sp. z o.o.', 'S.A.', 'Sp. k.', 'sp.j.'],
    trades:
      'Usługi Handel Budownictwo Transport Systemy Serwis Nieruchomości Meble Hurtownia Apteka Piekarnia Projekt Inwestycje Consulting Logistyka Energia Technika Elektro Media Finanse',
    cities: 'Warszawa Kraków Łódź Wrocław Poznań Gdańsk Katowice Lublin',
    stems: 'Nowak Kowalski Wiśniewski Wójcik Kamiński Lewandowski Zieliński',
    tails: ['ski', 'ex', 'pol', 'owicz', 'bud', 'mar', 'czak'],
    dial: '+4822',
  },
  {
    country: 'FR',
    forms: ['SARL', 'SAS', 'S.A.', 'EURL'],
    trades:
      'Services Conseil Bâtiment Transports Distribution Immobilier Informatique Développement Industries Boulangerie Pharmacie Garage Menuiserie Électricité Développement Solutions Groupe Restaurant Coiffure',
    cities: 'Paris Lyon Marseille Toulouse Nantes Lille Bordeaux Strasbourg',
    stems: 'Martin Bernard Dubois Thomas Robert Richard Petit Durand',
    tails: ['eau', 'ier', 'ard', 'ette', 'ois', 'ville', 'aud'],
    dial: '+331',
  },
  {
    country: 'GB',
    forms: ['Ltd', 'Limited', 'PLC', 'LLP', ''],
    trades:
      'Services Solutions Consulting Group Construction Logistics Properties Engineering Technologies Systems Trading Holdings Care Plumbing Catering Motors Design Media Foods Energy Partners International',
    cities: 'London Manchester Leeds Bristol Birmingham Glasgow Liverpool Sheffield',
    stems: 'Smith Jones Taylor Brown Williams Wilson Johnson Davies',
    tails: ['son', 'ton', 'ford', 'ley', 'worth', 'ham', 'field'],
    dial: '+4420',
  },
  {
    country: 'US',
    forms: ['Inc.', 'LLC', 'Corp.', 'Co.', ''],
    trades:
      'Solutions Services Group Systems Technologies Partners Insurance Dental Capital Construction Realty Health Global American National First Advanced Medical Auto Energy Foods Security Data Consulting',
    cities: 'New York Chicago Houston Phoenix Dallas Denver Boston Seattle',
    stems: 'Smith Johnson Williams Brown Garcia Miller Davis Wilson',
    tails: ['tech', 'ware', 'corp', 'wood', 'dale', 'son', 'ix', 'ia'],
    dial: '+1312',
  },
  {
    country: 'ES',
    forms: ['S.L.', 'S.A.', 'S.L.U.'],
    trades:
      'Servicios Construcciones Inversiones Consultores Transportes Gestión Inmobiliaria Sistemas Distribuciones Comercial Industrias Restaurante Farmacia Talleres Instalaciones Grupo Promociones',
    cities: 'Madrid Barcelona Valencia Sevilla Zaragoza Málaga Bilbao',
    stems: 'García Rodríguez González Fernández López Martínez Sánchez',
    tails: ['ez', 'sa', 'ero', 'illa', 'anos', 'ur', 'mar'],
    dial: '+3491',
  },
  {
    country: 'IT',
    forms: ['S.r.l.', 'S.p.A.', 'S.n.c.'],
    trades:
      'Servizi Costruzioni Immobiliare Trasporti Impianti Consulenza Sistemi Industria Commerciale Ristorante Farmacia Officina Edilizia Logistica Gruppo Energia Alimentari',
    cities: 'Milano Roma Torino Napoli Bologna Firenze Verona Padova',
    stems: 'Rossi Russo Ferrari Esposito Bianchi Romano Colombo',
    tails: ['ini', 'etti', 'ital', 'oni', 'ella', 'plast', 'tec'],
    dial: '+3902',
  },
  {
    country: 'NL',
    forms: ['B.V.', 'N.V.', 'V.O.F.'],
    trades:
      'Beheer Advies Bouw Transport Installatie Techniek Groep Handel Vastgoed Diensten Schilderwerken Logistiek Makelaars Automatisering Accountants Zorg Horeca',
    cities: 'Amsterdam Rotterdam Utrecht Eindhoven Groningen Tilburg',
    stems: 'Jansen Vries Berg Bakker Visser Smit Meijer',
    tails: ['sma', 'stra', 'huis', 'man', 'ink', 'veld', 'kamp'],
    dial: '+3120',
  },
].map(({ trades, cities, stems, ...rest }) => ({
  ...rest,
  trades: trades.split(' '),
  cities: cities.split(' '),
  stems: stems.split(' '),
}));

const onsets = 'b br c ch d dr f fl g gr h j k kl l m n p pr qu r s sch st t tr v w z'.split(' ');
const rhymes = 'a al an ar as e el en er es i in is o ol on or os u um un y'.split(' ');
const brands = 150_000;

/** Numbers in [0, 1). */
const chanceOf = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const capital = (word) => word[0].toUpperCase() + word.slice(1);
/** The rank-th made-up word: the more frequent, the shorter. */
const wordOf = (rank, tails) => {
  let left = rank;
  let word = '';
  do {
    word += onsets[left % onsets.length];
    left = Math.floor(left / onsets.length);
    word += rhymes[left % rhymes.length];
    left = Math.floor(left / rhymes.length);
  } while (left > 0);
  return capital(rank % 3 === 0 || word.length < 4 ? word + tails[rank % tails.length] : word);
};

/**
 * @param seed of everything that is drawn
 * @returns `company(n)`: the n-th; `twin(company)`: the same as another hand typed it
 */
export const companiesOf = (seed) => {
  const company = (n) => {
    const chance = chanceOf(seed * 7_919 + n * 104_729);
    // Zipf: the r-th is drawn in proportion to 1/r
    const skewed = (size) => Math.min(size - 1, Math.floor(size ** chance()));
    const at = (list) => list[skewed(list.length + 1) - 1] ?? list[0];
    const tongue = tongues[skewed(tongues.length)];
    const brand = () => wordOf(skewed(brands), tongue.tails);
    const surname = () => (chance() < 0.3 ? at(tongue.stems) : wordOf(skewed(20_000) * 7, tongue.tails));
    const kind = chance();
    const words =
      kind < 0.4
        ? [brand(), at(tongue.trades)]
        : kind < 0.55
          ? [surname(), at(tongue.trades), ...(chance() < 0.4 ? [at(tongue.trades)] : [])]
          : kind < 0.65
            ? [at(tongue.cities), at(tongue.trades), at(tongue.trades)]
            : kind < 0.75
              ? [surname(), '&', surname()]
              : kind < 0.9
                ? [brand(), brand()]
                : [brand()];
    const form = at(tongue.forms);
    const domain = `${words
      .slice(0, 2)
      .join('')
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z]/g, '')}${n % 7 === 0 ? '' : n}`;
    return {
      words,
      form,
      name: [...words, form].filter((word) => word !== '').join(' '),
      countryCode: tongue.country,
      city: tongue.cities[n % tongue.cities.length],
      postcode: String(10_000 + ((n * 7_907) % 89_999)),
      street: `${wordOf((n * 31) % 5_000, tongue.tails)} ${1 + (n % 140)}`,
      ...(n % 10 < 6 && { domain: `${domain}.${tongue.country.toLowerCase()}` }),
      ...(n % 10 < 4 && { phone: `${tongue.dial}${1_000_000 + ((n * 7_919) % 8_999_999)}` }),
    };
  };

  /** Names alone, as a list of clients has them: no field beside the name tells. */
  const twin = ({ words, form, countryCode }, n) => {
    const chance = chanceOf(seed * 31 + n);
    const pick = (list) => list[Math.floor(chance() * list.length)];
    const tongue = tongues.find(({ country }) => country === countryCode);
    const typo = (word) => {
      if (word.length < 4) return word;
      const at = 1 + Math.floor(chance() * (word.length - 2));
      return pick([
        word.slice(0, at) + word.slice(at + 1),
        word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
        word.slice(0, at) + word[at] + word.slice(at),
        `${word.slice(0, at)}e${word.slice(at + 1)}`,
      ]);
    };
    const way = chance();
    const changed =
      way < 0.35
        ? words
        : way < 0.6
          ? words.map((word, at) => (at === 0 ? typo(word) : word))
          : way < 0.7
            ? words.toReversed()
            : way < 0.8
              ? [words.join('')]
              : way < 0.9
                ? [...words, pick(tongue.cities)]
                : [...words.slice(0, 1), pick(tongue.trades), ...words.slice(1)];
    return { name: [...changed, chance() < 0.5 ? pick(tongue.forms) : form].join(' ').trim(), countryCode };
  };
  return { company, twin };
};

/** What the matcher takes. */
export const recordOf = ({ words: _words, form: _form, ...record }) => record;
