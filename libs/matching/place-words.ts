/**
 * Names of countries and of regions that companies are organised by, in some thirty languages, as names are compared:
 * Latin, lower case, no marks. From Unicode CLDR 46 (Unicode licence), short forms added, words that are first names or
 * common words left out. A table and not Intl, so that the same two names compare alike under any Node.js.
 */
const placeTable = `
AE: united arab emirates|vereinigte arabische emirate|emirats arabes unis|emiratos arabes unidos|emirati arabi uniti|emirados arabes unidos|verenigde arabische emiraten|zjednoczone emiraty arabskie|forenade arabemiraten|forente arabiske emirater|forenede arabiske emirater|arabiemiirikunnat|spojene arabske emiraty|egyesult arab emirsegek|emiratele arabe unite|birlesik arap emirlikleri|oae|obiednani arabski emirati|inomena aravika emirata|obedineni arabski emirstva|ujedinjeni arapski emirati|araabia uhendemiraadid|apvienotie arabu emirati|jungtiniai arabu emyratai|uni emirat arab|lmrt lrbyh lmthdh|uae|emirates
AF: afghanistan|afganistan|afeganistao|afganisztan|afganistana|afganistanas|fghnstn
AL: albania|albanien|albanie|albansko|arnavutluk|albaniya|alvania|albanija|albaania|shqiperi
AM: armenia|armenien|armenie|armensko|ormenyorszag|ermenistan|armeniya|virmeniya|armenija|armeenia|hayastan
AO: angola|agkola
AR: argentina|argentinien|argentine|argentinie|argentyna|argentiina|arjantin|argentini|arzhentina
AT: austria|osterreich|autriche|oostenrijk|osterrike|ostrig|itavalta|rakousko|rakusko|ausztria|avusturya|avstriya|afstria|austrija
AU: australia|australien|australie|ausztralia|avustralya|avstraliya|afstralia|australija|austraalia
AZ: azerbaijan|aserbaidschan|azerbaidjan|azerbaiyan|azerbaigian|azerbaijao|azerbeidzjan|azerbejdzan|azerbajdzjan|aserbajdsjan|azerbaidzan|azerbajdzan|azerbajdzsan|azerbaycan|azerbaydzhan|azermpaitzan|aserbaidzaan|azerbaidzana|azerbaidzanas
BA: bosnia herzegovina|bosnien herzegowina|bosnie herzegovine|bosnia ed erzegovina|bosnie herzegovina|bosnia hercegowina|bosnien hercegovina|bosnia hercegovina|bosnia hertsegovina|bosna hercegovina|bosznia hercegovina|bosnia si hertegovina|bosna hersek|bosniya gercegovina|vosnia erzegovini|bosnia hertsegoviina|bosnija hercegovina|bosnia dan herzegovina|bosnia|bosna
BD: bangladesh|bangladesch|banglades|bangladesz|bangklantes|bangladesa|bangladesas|bamlades
BE: belgium|belgien|belgique|belgica|belgio|belgie|belgia|belgicko|belcika|belgiya|velgio|belgija
BG: bulgaria|bulgarien|bulgarie|bulgarije|bulharsko|bulgaristan|bolgariya|voulgaria|balgariya|bugarska|bulgaaria|bulgarija
BH: bahrain|bahrein|barein|bahrajn|bahreyn|bakhreyn|bachrein|bahreina|bahreinas|lbhryn
BO: bolivia|bolivien|bolivie|boliwia|bolivya|boliviya|volivia|bolivija|boliivia
BR: brazil|brasilien|bresil|brasil|brasile|brazilie|brazylia|brasilia|brazilia|brezilya|braziliya|vrazilia|brasiilia|brazilija
BY: belarus|bielorussie|bielorrusia|bielorussia|bielorrussia|bialorus|valko venaja|belorusko|bielorusko|belarusz|bilorus|lefkorosia|bjelorusija|valgevene|baltkrievija|baltarusija
CA: canada|kanada|kanadas
CH: switzerland|schweiz|suisse|suiza|svizzera|suica|zwitserland|szwajcaria|sveits|sveitsi|svycarsko|svajciarsko|svajc|elvetia|isvicre|shveytsariya|svicarska|sveice|sveicarija|swiss
CI: costa marfim|ivoorkust|elfenbenskusten|elfenbenskysten|norsunluurannikko|pobrezi slonoviny|pobrezie slonoviny|elefantcsontpart|kot divuar|akti elefantostou|kot divoar|obala bjelokosti|elevandiluurannik|kotdivuara|dramblio kaulo krantas|ivory coast
CL: chile|cile
CM: cameroon|kamerun|cameroun|camerun|camaroes|kameroen|kameroun|kameruna|kamerunas
CN: china|cina|chiny|kiina|kitay|hiina|kinija|tiongkok|prc|peoples republic china|zhongguo
CO: colombia|kolumbien|colombie|kolumbia|kolumbie|columbia|kolombiya|kolumbiya|kolomvia|kolumbija|kolombia
CR: costa rica|kostaryka|kostarika|kosta rika
CU: cuba|kuba|kuuba|kouva
CY: cyprus|zypern|chypre|chipre|cipro|cypr|cypern|kypros|kypr|ciprus|cipru|kibris|kipr|cipar|kupros|kipra|kipras|siprus
CZ: czechia|tschechien|tchequie|chequia|cechia|tchequia|tsjechie|czechy|tjeckien|tsjekkia|tjekkiet|tsekki|cesko|csehorszag|cehia|cekya|chekhiya|tsechia|ceska|tsehhi|cehija|cekija|czech|czech republic|ceska republika
DE: germany|deutschland|allemagne|alemania|germania|alemanha|duitsland|niemcy|tyskland|nemecko|nemetorszag|almanya|germaniya|nimechchina|njemacka|saksamaa|vacija|vokietija|jerman|brd
DK: denmark|danemark|dinamarca|danimarca|denemarken|danmark|tanska|dansko|danemarca|danimarka|daniya|danska|danija
DO: dominican republic|dominikanische republik|republique dominicaine|republica dominicana|repubblica dominicana|dominicaanse republiek|dominikana|dominikanska republiken|den dominikanske republikk|den dominikanske republik|dominikaaninen tasavalta|dominikanska republika|dominikai koztarsasag|dominik cumhuriyeti|dominikanskaya respublika|dominikanska respublika|dominikani dimokratia|dominikaani vabariik|dominikos respublika|republik dominika
DZ: algeria|algerien|algerie|argelia|algerije|algieria|algeriet|alzirsko|cezayir|alzhir|alzir|alzeeria|alzirija|alzyras|aljazair|ljzir
EC: ecuador|equateur|equador|ekwador|ekvador|isimerinos|ekvadora|ekvadoras|ekuador
EE: estonia|estland|estonie|estonsko|esztorszag|estonya|estoniya|esthonia|estonija|eesti|igaunija|estija
EG: egypt|agypten|egypte|egipto|egitto|egito|egipt|egypten|egypti|egyiptom|misir|egipet|iegipet|aigyptos|egipat|egiptus|egipte|egiptas|mesir
ES: spain|spanien|espagne|espana|spagna|espanha|spanje|hiszpania|spania|espanja|spanelsko|spanielsko|spanyolorszag|ispanya|ispaniya|ispania|spanjolska|hispaania|spanija|ispanija|spanyol|tay ban nha
ET: ethiopia|athiopien|ethiopie|etiopia|etiopien|etiopie|etiyopya|efiopiya|aithiopia|etiopiya|etiopija|etioopia
FI: finland|finnland|finlande|finlandia|suomi|finsko|finnorszag|finlanda|finlandiya|finlyandiya|finska|soome|somija|suomija
FR: france|frankreich|francia|franca|frankrijk|francja|frankrike|frankrig|ranska|francie|francuzsko|franciaorszag|franta|fransa|frantsiya|gallia|francuska|prantsusmaa|francija|prancuzija|prancis|phap
GB: united kingdom|vereinigtes konigreich|royaume uni|reino unido|regno unito|verenigd koninkrijk|wielka brytania|storbritannien|storbritannia|iso britannia|spojene kralovstvi|spojene kralovstvo|egyesult kiralysag|regatul unit|birlesik krallik|velikobritaniya|velika britaniya|inomeno vasileio|obedinenoto kralstvo|ujedinjeno kraljevstvo|uhendkuningriik|apvienota karaliste|jungtine karalyste|inggris raya|uk|great britain|britain|grossbritannien|england|scotland|wales|united kingdom great britain
GE: georgien|georgie|gruzja|gruzie|gruzinsko|gruzia|gurcistan|gruziya|gruzija|gruusia
GH: ghana|gkana|gaana
GR: greece|griechenland|grece|grecia|griekenland|grecja|grekland|hellas|graekenland|kreikka|recko|grecko|gorogorszag|yunanistan|gretsiya|ellada|grtsiya|grcka|kreeka|griekija|graikija|yunani
GT: guatemala|gwatemala|gvatemala|gouatemala
HK: hongkong|hong kong|hong kong rae china|sra hongkong|hongkong kkt|cin hong kong oib|gonkong|gonkong oar kitayu|chongk kongk edp kinas|pup hong kong kina|hongkongi erihalduspiirkond|hong kong dak tiongkok
HN: honduras|gonduras|ondoura|khonduras|hondurasa
HR: croatia|kroatien|croatie|croacia|croazia|kroatie|chorwacja|kroatia|chorvatsko|horvatorszag|hirvatistan|khorvatiya|khrvatiya|hrvatska|horvaatia|horvatija|kroatija|kroasia
HU: hungary|ungarn|hongrie|hungria|ungheria|hongarije|wegry|ungern|unkari|madarsko|magyarorszag|ungaria|macaristan|vengriya|ugorshchina|oungaria|ungariya|madarska|ungari|ungarija|vengrija|hungaria
ID: indonesia|indonesien|indonesie|indonezja|indonezia|endonezya|indoneziya|indonisia|indonezija|indoneesia
IE: ireland|irland|irlande|irlanda|ierland|irlandia|irlanti|irsko|irorszag|irlandiya|irska|iirimaa|irija|airija|eire|republic ireland
IL: israel|israele|izrael|israil|izrail|iisrael|izraela|izraelis|ysrl
IN: india|indien|indie|intia|hindistan|indiya|indija
IQ: iraq|irak|iraque|iraak|iraka|irakas
IR: iran|iraan|irana|iranas
IS: iceland|island|islande|islandia|islanda|ijsland|islanti|izland|izlanda|islandiya|islandija
IT: italy|italien|italie|italia|wlochy|taliansko|olaszorszag|italya|italiya|italija|itaalia
JP: japan|japon|giappone|japao|japonia|japani|japonsko|japonya|yaponiya|iaponia|jaapan|japana|japonija|jepang|nippon
KE: kenya|kenia|quenia|kena|keniya|kenija|keenia
KG: kyrgyzstan|kirgisistan|kirghizstan|kirguistan|kirghizistan|quirguistao|kirgizie|kirgistan|kirgizistan|kirgisia|kirgizsko|kirgizisztan|kargazstan|kirgiziya|kirgizstan|korgozstan|kirgizstana|kirgizija
KH: cambodia|kambodscha|cambodge|camboya|cambogia|camboja|cambodja|kambodza|kambodja|kambodsja|kambodzsa|cambodgia|kambocya|kambodzha|kampotzi|kamboja|campuchia
KR: south korea|sudkorea|coree sud|corea sur|corea sud|coreia sul|zuid korea|korea poludniowa|sydkorea|etela korea|jizni korea|juzna korea|korea|coreea sud|guney kore|respublika koreya|pivdenna koreya|notia korea|yuzhna koreya|juzna koreja|louna korea|dienvidkoreja|pietu koreja|korea selatan|republic korea
KW: kuwait|koweit|koeweit|kuwejt|kuvajt|kuvait|kuweit|kuveyt|kouveit|kuveit|kuveita|kuveitas|lkwyt
KZ: kazakhstan|kasachstan|kazajistan|kazakistan|cazaquistao|kazachstan|kazakstan|kasakhstan|kazahsztan|kazahstan|kasahstan|kazahstana|kazachstanas
LA: laos|laosz|laosa|laosas
LB: lebanon|libanon|liban|libano|livanos|liibanon|libana|libanas|lbnn
LI: liechtenstein|lichtenstejnsko|lichtenstajnsko|likhtenshteyn|lichtenstain|likhtenshchayn|lihtenstajn|lihtensteina|lichtensteinas
LK: sri lanka|shri lanka|srilanka
LT: lithuania|litauen|lituanie|lituania|litouwen|litwa|liettua|litva|litvania|litvanya|lithouania|leedu|lietuva
LU: luxembourg|luxemburg|luxemburgo|lussemburgo|luksemburg|lucembursko|luxembursko|lyuksemburg|louxemvourgo|luksemburga|liuksemburgas
LV: latvia|lettland|lettonie|letonia|lettonia|letland|lotwa|lotyssko|lettorszag|letonya|latviya|latvija
LY: libya|libyen|libye|libia|libie|liviya|livyi|libiya|libija|liibua|lyby
MA: morocco|marokko|maroc|marruecos|marocco|marrocos|maroko|marocko|maroka|marokas|lmghrb
MC: monaco|monako|monakas
MD: moldova|republik moldau|moldavie|moldavia|moldawia|moldavien|moldavsko|republica moldova|moldavija
ME: montenegro|czarnogora|cerna hora|cierna hora|muntenegru|karadag|cernogoriya|cornogoriya|mavrovounio|cerna gora|crna gora|melnkalne|juodkalnija
MG: madagascar|madagaskar|madagaszkar|madagaskari|madagaskara|madagaskaras|madagasikara
MK: north macedonia|nordmazedonien|macedoine nord|macedonia norte|macedonia nord|noord macedonie|macedonia polnocna|nordmakedonien|nord makedonia|pohjois makedonia|severni makedonie|severne macedonsko|eszak macedonia|kuzey makedonya|severnaya makedoniya|pivnicna makedoniya|voreia makedonia|severna makedoniya|sjeverna makedonija|pohja makedoonia|ziemelmakedonija|siaures makedonija|makedonia utara|severna makedonija|macedonia
MM: myanmar|mianmar|mjanma|mjanmarsko|myanma|mjanmar|mianmaras|burma
MN: mongolia|mongolei|mongolie|mongoliet|mongolsko|mogolistan|mongoliya|mongolija|mongoolia|mongol
MO: macau|macao|macau rae china|sra makau|makao kkt|cin makao oib|makao|makao oar kitayu|makao edp kinas|pup makao kina|macau erihalduspiirkond|makau dak tiongkok
MT: malta|malte
MU: mauritius|maurice|mauricio|mauricius|mavrikiy|mavrikios|mavritsiy|mauricijus|mauricija
MX: mexico|mexiko|mexique|messico|meksyk|meksiko|mexic|meksika|mehhiko
MY: malaysia|malaisie|malasia|maleisie|malezja|malesia|malajsie|malajzia|malezya|malayziya|malaisia|malezija|malaizija
MZ: mozambique|mosambik|mozambico|mocambique|mozambik|mozambic|mozamviki|mosambiik|mozambika|mozambikas
NA: namibia|namibie|namibya|namibiya|namimpia|namibija|namiibia
NG: nigeria|nigerie|nijerya|nigeriya|nigiria|nigerija|nigeeria
NI: nicaragua|nikaragua|nikaragoua|nikaragva
NL: netherlands|niederlande|pays bas|paises bajos|paesi bassi|paises baixos|nederland|holandia|nederlanderna|nederlandene|alankomaat|nizozemsko|holandsko|hollandia|tarile jos|hollanda|niderlandy|niderlandi|kato chores|niderlandiya|nizozemska|holland|niderlande|nyderlandai|belanda|ha lan
NO: norway|norwegen|norvege|noruega|norvegia|noorwegen|norwegia|norge|norja|norsko|norvec|norvegiya|norvigia|norveska|norra|norvegija
NP: nepal|nepala|nepalas
NZ: new zealand|neuseeland|nouvelle zelande|nueva zelanda|nuova zelanda|nova zelandia|nieuw zeeland|nowa zelandia|nya zeeland|uusi seelanti|novy zeland|uj zeland|noua zeelanda|yeni zelanda|novaya zelandiya|nova zelandiya|nea zilandia|novi zeland|uus meremaa|jaunzelande|naujoji zelandija|selandia baru|nz
OM: oman|umman|omaan|omana|omanas
PA: panama|panamas
PE: peru|perou|peruu
PH: philippines|philippinen|filipinas|filippine|filipijnen|filipiny|filippinerna|filippinene|filippinerne|filippiinit|fulop szigetek|filipine|filipinler|filippiny|filippini|filippines|filipini|filipiinid|filipinai|filipina|pilipinas
PK: pakistan|paquistao|pakisztan|pakistana|pakistanas|pkstn
PL: poland|polen|pologne|polonia|polska|puola|polsko|lengyelorszag|polonya|polsha|polshcha|poljska|poola|polija|lenkija|polandia
PR: puerto rico|porto rico|portorico|portoryko|portoriko|porto riko|puerto riko|pouerto riko|puertoriko|puerto rikas
PT: portugal|portogallo|portugalia|portugali|portugalsko|portekiz|portugaliya|portogalia|portugale|portugalija
PY: paraguay|paraguai|paragwaj|paraguaj|paragvay|paragouai|paragvaj|paragvaja|paragvajus
QA: qatar|katar|catar|katara|kataras
RO: romania|rumanien|roumanie|rumania|romenia|roemenie|rumunia|rumaenien|rumunsko|romanya|rumyniya|rumuniya|roumania|rumniya|rumunjska|rumeenia|rumanija|rumunija
RS: serbia|serbien|serbie|servia|servie|srbsko|szerbia|sirbistan|serbiya|srbiya|srbija|serbija
RU: russia|russland|russie|rusia|rusland|rosja|ryssland|venaja|rusko|oroszorszag|rusya|rossiya|rosiya|rosia|rusiya|rusija|venemaa|krievija|russian federation|rf
SA: saudi arabia|saudi arabien|arabie saoudite|arabia saudi|arabia saudita|saoedi arabie|arabia saudyjska|saudiarabien|saudska arabie|saudska arabia|szaud arabia|suudi arabistan|saudovskaya araviya|saudivska araviya|saoudiki aravia|sauditska arabiya|saudijska arabija|saudi araabia|sauda arabija|saudo arabija|arab saudi|lmmlkh lrbyh lswdyh|ksa
SD: sudan|soudan|sudao|soedan|szudan|sudaan|sudana|sudanas|lswdn
SE: sweden|schweden|suede|suecia|svezia|zweden|szwecja|sverige|ruotsi|svedsko|svedorszag|suedia|isvec|shvetsiya|souidia|svedska|rootsi|zviedrija|svedija|swedia
SG: singapore|singapur|singapour|singapura|szingapur|sigkapouri|singapuras
SI: slovenia|slowenien|slovenie|eslovenia|slowenia|slovenien|slovinsko|szlovenia|slovenya|sloveniya|slovenija|sloveenia
SK: slovakia|slowakei|slovaquie|eslovaquia|slovacchia|slowakije|slowacja|slovakien|slovakiet|slovensko|szlovakia|slovacia|slovakya|slovakiya|slovachchina|slovacka|slovakkia|slovakija|slovak republic
SN: senegal|szenegal|senegali|senegala|senegalas|senegaal
SV: el salvador|salvador|salwador|salvadora|salvadoras
SY: syria|syrien|syrie|siria|syyria|sziria|suriye|siriya|sirija|suuria|suriah|swry
TH: thailand|thailande|tailandia|thailandia|tajlandia|thaimaa|thajsko|thaifold|thailanda|tayland|tailand|tailandi|tajland|taizeme|tailandas|thai lan
TJ: tajikistan|tadschikistan|tadjikistan|tayikistan|tagikistan|tadjiquistao|tadzjikistan|tadzykistan|tadsjikistan|tadzikistan|tadzsikisztan|tacikistan|tadzhikistan|tatzikistan|tadzikistana|tadzikija|tojikiston
TM: turkmenistan|turcomenistao|turkmensko|turkmenisztan|tourkmenistan|turkmenistana|turkmenistanas
TN: tunisia|tunesien|tunisie|tunez|tunesie|tunezja|tunisien|tunisko|tunezia|tunus|tunis|tynisia|tuneesia|tunisija|tunisas|twns
TR: turkiye|turkei|turquie|turquia|turchia|turkije|turcja|turkiet|tyrkia|tyrkiet|turkki|turecko|torokorszag|turcia|turtsiya|turechchina|tourkia|turska|turgi|turcija|turkija|turki|turkey
TW: taiwan|tajwan|tchaj wan|tajvan|tayvan|taivan|taivana|taivanas
TZ: tanzania|tansania|tanzanie|tanzanya|tanzaniya|tanzanija|tansaania
UA: ukraine|ucrania|ucraina|oekraine|ukraina|ukrajina|ukrajna|ukrayna|oukrania
UG: uganda|ouganda|oeganda|ougkanta
US: united states|vereinigte staaten|etats unis|estados unidos|stati uniti|verenigde staten|stany zjednoczone|usa|yhdysvallat|spojene staty|egyesult allamok|statele unite ale americii|amerika birlesik devletleri|soedinennye shtaty|spolucheni shtati|inomenes politeies|sedineni shchati|sjedinjene americke drzave|ameerika uhendriigid|amerikas savienotas valstis|jungtines valstijos|amerika serikat|us|united states america|america|etats unis amerique
UY: uruguay|uruguai|urugwaj|uruguaj|urugvay|ourougouai|urugvaj|urugvaja|urugvajus
UZ: uzbekistan|usbekistan|ouzbekistan|uzbequistao|oezbekistan|uzbegisztan|ozbekistan|ouzmpekistan|uzbekistana|uzbekistanas|ozbekiston
VE: venezuela|wenezuela|venesuela|venezouela|venetsuela|venecuela
VN: vietnam|viet nam|vietna|wietnam|vetnam|vijetnam|vjetnama|vietnamas
XK: kosovo|kosowo|koszovo|kosova|kossyfopedio|kosovas|kosove
YE: yemen|jemen|iemen|yemeni|jeemen|jemena|jemenas|yaman|lymn
ZA: south africa|sudafrika|afrique sud|sudafrica|africa sul|zuid afrika|republika poludniowej afryki|sydafrika|sor afrika|etela afrikka|jihoafricka republika|juzna afrika|afrikai koztarsasag|africa sud|guney afrika|notia afriki|yuzhna afrika|juznoafricka republika|louna aafrika vabariik|dienvidafrikas republika|pietu afrika|afrika selatan|nam phi|rsa
ZM: zambia|sambia|zambie|zambiya|zampia|zambija
ZW: zimbabwe|simbabwe|zimbabue|zimbabve|zimpampoue
europe: europe|europa|eu|evropa|avrupa|european union|eurozone|dach|cee|central europe|eastern europe|western europe
nordic: nordic|nordics|scandinavia|skandinavien|norden|nordisk
baltic: baltic|baltics
iberia: iberia|iberica|iberian
benelux: benelux|belux
asia: asia|asien|asie|apac|asia pacific|southeast asia|asean
africa: africa|afrika|afrique|mena
emea: emea
latam: latam|latin america|south america|latinoamerica|america latina
namerica: north america|nordamerika|noram
meast: middle east|gulf|gcc
`;

const places = new Map<string, string>();
for (const line of placeTable.trim().split('\n')) {
  const [code = '', names = ''] = line.split(': ');
  for (const name of names.split('|')) if (!places.has(name)) places.set(name, code);
}

// by their first word, how many words they may have
const longest = new Map<string, number>();
for (const name of places.keys()) {
  const words = name.split(' ');
  longest.set(words[0] ?? '', Math.max(words.length, longest.get(words[0] ?? '') ?? 0));
}

export type Place = { readonly at: number; readonly size: number; readonly code: string };

/** Where in the words of a name a country (its code) or a region (its name) stands. */
export const placesIn = (words: readonly string[]): readonly Place[] => {
  const found: Place[] = [];
  for (let at = 0; at < words.length; at += 1) {
    for (let size = Math.min(longest.get(words[at] ?? '') ?? 0, words.length - at); size > 0; size -= 1) {
      const code = places.get(size === 1 ? (words[at] ?? '') : words.slice(at, at + size).join(' '));
      if (code === undefined) continue;
      found.push({ at, size, code });
      at += size - 1;
      break;
    }
  }
  return found;
};

/** Whether the word alone is the name of a country or region. */
export const isPlace = (word: string): boolean => places.has(word);
