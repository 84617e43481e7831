/**
 * Legal forms by country and kind. Collected from company law and registers' own lists, checked against the table of
 * legal forms in opensanctions/rigour (`resources/names/org_types.yml`, MIT).
 * Written as normaliseName compares them: Latin, lower case, without dots and blanks ("Sp. z o.o." = `spzoo`), so
 * that one entry stands for all its spellings.
 */
export type LegalKind = 'limited' | 'stock' | 'partnership' | 'cooperative' | 'other';

type Row = readonly [countries: string, kind: LegalKind, forms: string];

const rows: readonly Row[] = [
  [
    'GB IE IN AU NZ ZA SG HK CA MY KE NG',
    'limited',
    'ltd limited pvtltd privatelimited ptyltd ptylimited pteltd pvt coltd companylimited coltd sdnbhd',
  ],
  ['GB IE IN', 'stock', 'plc publiclimitedcompany bhd berhad'],
  ['GB US CA IN', 'partnership', 'llp lp lllp limitedliabilitypartnership limitedpartnership'],
  ['US CA PH', 'stock', 'inc incorporated corp corporation coinc'],
  ['US AE', 'limited', 'llc limitedliabilitycompany fzllc fze fzco dmcc pllc'],
  ['US', 'other', 'pc pa'],
  ['US GB', 'other', 'co company andco'],
  [
    'DE AT CH LI',
    'limited',
    'gmbh gesmbh ggmbh gesellschaftmitbeschrankterhaftung ug ughaftungsbeschrankt haftungsbeschrankt mbh',
  ],
  ['DE AT CH', 'stock', 'ag aktiengesellschaft kgaa'],
  ['DE AT CH', 'partnership', 'kg ohg gbr ek eu ekfm gmbhcokg gmbhandcokg gmbhcokgaa agcokg cokg partg partgmbb'],
  ['DE AT', 'other', 'ev eingetragenerverein'],
  ['DE AT', 'cooperative', 'eg genossenschaft'],
  ['FR BE LU CH', 'limited', 'sarl eurl sarlu societearesponsabilitelimitee'],
  ['FR BE LU', 'stock', 'sas sasu societeanonyme societeparactionssimplifiee'],
  ['FR BE', 'partnership', 'sci snc scs scp selarl scea gaec earl'],
  ['IT', 'limited', 'srl srls srlu societaaresponsabilitalimitata'],
  ['IT CL', 'stock', 'spa societaperazioni'],
  ['IT', 'partnership', 'sas snc ss'],
  ['IT', 'cooperative', 'scarl scrl soccoop societacooperativa coop'],
  ['ES', 'limited', 'sl slu sll slne sociedadlimitada'],
  ['ES PT FR BE LU CH AR PE PL RO GR BR MX', 'stock', 'sa sau sociedadanonima'],
  ['PT BR', 'limited', 'lda ltda limitada unipessoallda eireli sociedadeunipessoallda'],
  ['BR', 'other', 'me mei epp ss'],
  ['PT', 'stock', 'sgps sgpssa'],
  ['MX', 'stock', 'sadecv sabdecv sapidecv sab sapi'],
  ['MX', 'limited', 'sderl sderldecv srldecv sdernldecv'],
  ['AR PE CO UY BO', 'limited', 'srl sas sac saic eirl sociedadporaccionessimplificada'],
  ['NL BE', 'limited', 'bv bvba beslotenvennootschap srl sprl'],
  ['NL BE', 'stock', 'nv naamlozevennootschap'],
  ['NL BE', 'partnership', 'vof cv commv'],
  ['BE NL', 'other', 'vzw asbl stichting'],
  ['SE', 'stock', 'ab aktiebolag abpubl'],
  ['SE NO', 'partnership', 'hb handelsbolag kb'],
  ['NO', 'stock', 'as asa ans aksjeselskap'],
  ['DK', 'stock', 'as aktieselskab'],
  ['DK', 'limited', 'aps ivs anpartsselskab'],
  ['DK', 'partnership', 'is ks'],
  ['FI', 'stock', 'oy oyj oyab osakeyhtio'],
  ['FI', 'partnership', 'ky tmi'],
  ['IS', 'limited', 'ehf hf'],
  ['EE', 'limited', 'ou osauhing'],
  ['EE LV LT', 'stock', 'as aktsiaselts uab ab akciju'],
  ['LV', 'limited', 'sia'],
  ['LT', 'limited', 'uab mb'],
  ['PL', 'limited', 'spzoo spzoospk spolkazoo spolkazograniczonaodpowiedzialnoscia zoo'],
  ['PL', 'stock', 'spolkaakcyjna psa'],
  ['PL', 'partnership', 'spj spk ska spp sc spolkajawna spolkakomandytowa spolkacywilna spzoosk'],
  ['CZ SK', 'limited', 'sro spolsro spolecnostsrucenimomezenym'],
  ['CZ SK', 'stock', 'as akciovaspolecnost akciovaspolocnost'],
  ['CZ SK', 'partnership', 'vos ks'],
  ['HU', 'limited', 'kft korlatoltfelelossegutarsasag'],
  ['HU', 'stock', 'zrt nyrt rt'],
  ['HU', 'partnership', 'bt kkt'],
  ['SI HR RS BA ME MK', 'limited', 'doo jdoo dooel'],
  ['SI HR RS BA ME MK', 'stock', 'dd ad dionickodrustvo'],
  ['RO MD', 'limited', 'srl srld'],
  ['BG', 'limited', 'ood eood'],
  ['BG', 'stock', 'ad ead'],
  ['AL', 'limited', 'shpk sha'],
  ['GR CY', 'stock', 'ae anonimosetairia'],
  ['GR', 'limited', 'epe ike monoprosopiepe monoprosopiike'],
  ['GR', 'partnership', 'oe ee'],
  ['TR', 'limited', 'ltdsti limitedsirketi limitedsti'],
  ['TR', 'stock', 'as anonimsirketi anonimsirket'],
  ['RU BY KZ', 'limited', 'ooo too'],
  ['RU BY KZ', 'stock', 'ao oao zao pao'],
  ['RU', 'other', 'ip'],
  ['UA', 'limited', 'tov'],
  ['UA', 'stock', 'pat prat'],
  ['IL', 'limited', 'bm'],
  ['ID', 'limited', 'pt persero tbk'],
  ['ID', 'partnership', 'cv ud'],
  ['VN', 'limited', 'tnhh congtytnhh congtytnhhmtv congtycophan jsc congtycp congty'],
  ['JP', 'stock', 'kk kabushikikaisha kabushikigaisha'],
  ['JP', 'limited', 'gk yugengaisha godokaisha'],
  ['LU EU', 'stock', 'se'],
  ['EU', 'cooperative', 'sce'],
];

// Short forms that are words or initials elsewhere ("Day Spa", "SAS Institute"): cut only in the countries of the form.
const ambiguous = new Set(
  'spa as is me pc pa sc ss ag sa sl ee oe ae ad dd ip ao pt cv ud bt rt ks kb hb mb sas co company coop eg ev ek eu se bm zoo pat mei epp sci snc too ab sab ug hf ans scp earl cv tbk too gk kk ky vos doo ou bv nv kg'.split(
    ' ',
  ),
);
const global = new Set('sa ag ab bv nv kg doo co company kk sl'.split(' '));

/** Written before the name as often as after it. */
const leading = new Set(
  'ooo oao zao pao ao tov too pt cv ud congtytnhh congtytnhhmtv congtycophan congtycp congty tnhh sarl eurl sas sasu sci uab sia ab oy kabushikikaisha kabushikigaisha selarl'.split(
    ' ',
  ),
);

/** In scripts without blanks or letters to join: cut from the name as written (after NFKC, so ㈱ is (株)). */
const native: readonly (readonly [LegalKind, string])[] = [
  ['stock', '株式会社'],
  ['stock', '(株)'],
  ['limited', '有限会社'],
  ['limited', '(有)'],
  ['limited', '合同会社'],
  ['partnership', '合資会社'],
  ['stock', '股份有限公司'],
  ['limited', '有限责任公司'],
  ['limited', '有限公司'],
  ['stock', '주식회사'],
  ['stock', '(주)'],
  ['limited', '유한회사'],
  ['partnership', 'ห้างหุ้นส่วนจำกัด'],
  ['partnership', 'หจก.'],
  ['stock', 'จำกัด (มหาชน)'],
  ['limited', 'จำกัด'],
  ['limited', 'บริษัท'],
  ['limited', 'บจก.'],
  ['limited', 'בע"מ'],
  ['limited', 'בע״מ'],
  ['limited', 'ذ.م.م'],
  ['other', 'شركة'],
];

// NFKC takes Thai vowels apart
const nativeForms = native.map(([kind, form]) => [kind, form.normalize('NFKC')] as const);

type Form = { readonly kind: LegalKind; readonly countries: Set<string> };
const forms = new Map<string, Form[]>();
for (const [countries, kind, list] of rows) {
  for (const form of list.split(' ')) {
    const entry = { kind, countries: new Set(countries.split(' ')) };
    forms.set(form, [...(forms.get(form) ?? []), entry]);
  }
}

/** The kind of a form written compactly (`spzoo`), as a company of that country would mean it. */
export const legalKind = (compact: string, countryCode: string, end: 'leading' | 'trailing'): LegalKind | undefined => {
  const known = forms.get(compact);
  if (!known || (end === 'leading' && !leading.has(compact))) return undefined;
  const local = known.find(({ countries }) => countries.has(countryCode));
  if (local) return local.kind;
  const cut = end === 'leading' ? !ambiguous.has(compact) : !ambiguous.has(compact) || global.has(compact);
  return cut ? known[0]?.kind : undefined;
};

/** Cuts forms of other scripts from both ends; the name must be in NFKC. */
export const cutNativeForms = (name: string): { rest: string; kind: LegalKind | undefined } => {
  let rest = name.trim();
  let kind: LegalKind | undefined;
  for (const [each, form] of nativeForms) {
    for (const cut of [
      rest.startsWith(form) && rest.slice(form.length),
      rest.endsWith(form) && rest.slice(0, -form.length),
    ]) {
      if (typeof cut !== 'string' || cut.trim() === '') continue;
      rest = cut.trim();
      kind ??= each;
      break;
    }
  }
  return { rest, kind };
};
