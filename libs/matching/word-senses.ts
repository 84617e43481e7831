/**
 * Words that mean the same in the names of companies, whatever the language: what a company is, does or belongs to.
 * The first word of a line is its sense; the others are as names are compared (Latin, lower case, no marks).
 */
const senseTable = `
saint st sankt sint santa san
mount mt
fort ft
resources resource recursos ressourcen
color colour
colors colours
american amern
german deutsch deutsche deutscher deutsches
polish polski polskie
italian italiana italiano
spanish espanola espanol
french francaise francais
russian rossiyskiy rossiyskaya russkiy
swiss schweizerische
securities wertpapiere valores titres
telephone telefon telefonica
television televisione fernsehen tv
news nachrichten noticias nouvelles
nuclear atom kern
port hafen puerto porto
airport flughafen aeropuerto aeroport aeroporto
bridge brucke puente pont ponte
church kirche iglesia eglise chiesa
tools tool werkzeuge werkzeug
welding schweisstechnik
optics optik optica optique optical
glass glas vidrio verre vetro
rubber gummi caucho caoutchouc
ceramics keramik ceramica ceramique
packaging verpackung verpackungen embalajes emballages imballaggi opakowania
roofing dach bedachungen
painting maler malerbetrieb
plumbing sanitar klempner
heating heizung
carpentry tischlerei schreinerei
academy academia akademie academie akademia akademi accademia akademiya akademija
advertising publicidad publicidade werbung reklama publicite pubblicita
agency agencia agentur agence agenzia agencja agentura agentstvo agentura ajans agencija agentschap
agricultural agricola agricole agrar agriculture agricultura landwirtschaft agro rolnicze agrarian zemedelska
airlines airline airways aerolineas luftlinien aviakompaniya aviacompany lineas
associates assoc associados asociados associes associati assocs
association asociacion associacao associazione verband verein vereniging zwiazek asociace asotsiatsiya dernegi forbund asociacija assn
automobile automotive automobiles auto autos automotriz automobili avto otomotiv automobilwerke
aviation aviacion aviacao luftfahrt aviazione aviatsiya havacilik
bakery backerei boulangerie panaderia panificio piekarnia bakkerij padaria pekarna bageri
bank banco banca banque banka bankasi banku pankki banken bancorp banking bancaria bankas pank
beverages getranke bebidas boissons bevande drinks napoje
brewery brauerei cerveceria brasserie birrificio browar brouwerij cervejaria pivovar bryggeri
brothers bros hermanos irmaos gebruder gebr freres fratelli flli bracia bratri broers
building bau batiment edificio construcciones building
center centre centro zentrum centrum tsentr centrs merkez merkezi kozpont keskus ctr centar
chemical chemicals chemie chimie quimica chimica chemia chemiczne khimiya kimya chemische chemisch chem
city stadt ville ciudad citta cidade miasto gorod
clinic clinica klinik clinique kliniek klinika poliklinika klinikum
club klub clube
cleaning reinigung limpieza nettoyage pulizie limpeza schoonmaak
coffee cafe kaffee koffie kawa kahve kafe
college colegio colegio kolleg
commerce commercial comercial commercio handel comercio handels handelsgesellschaft trading trade trgovina torgovyy handlowe handlowy ticaret obchod kereskedelmi comert negoce trdg
communications communication comunicaciones kommunikation comunicazioni komunikasi telekom telecom telecommunications telecommunication telecomunicaciones telekommunikation telecommunicatie comms
computer computers ordenador komputer rechner informatik informatica informatique
construction constructions construccion construcao costruzioni budowlane stroitelstvo stavebni insaat bouw bygg epitoipari constructii gradnja hochbau konstruksi constr
consulting consultants consultant consultores consulenza beratung consultoria conseil conseils advisory advisors adviseurs doradztwo danismanlik konsulting berater unternehmensberatung
cooperative cooperativa cooperatif genossenschaft spoldzielnia druzstvo kooperativ kooperatif
credit kredit credito kredyt
dairy molkerei lacteos laiterie latticini mleczarnia mejeri
dental zahnarzt dentaire dentista zahnarztpraxis dentale stomatologia tandarts
department dept abteilung departamento departement
design diseno gestaltung disegno projektowanie dizayn
development entwicklung desarrollo developpement sviluppo desenvolvimento rozwoj razvitie gelistirme devel
digital numerique digitale
distribution distribucion distribuidora vertrieb distribuzione distribuicao dystrybucja
education bildung educacion educacao istruzione edukacja obrazovanie egitim onderwijs
electric electrical electrica elektro electrique elettrica elektrik elettrico elektrische electricidad electricite elec
electronics electronic elektronik electronica electronique elettronica elektronika eletronica
energy energia energie energi energiya energetika enerji energija power
engineering ingenieria engenharia ingenierie ingegneria technika inzhiniring muhendislik ingenieure ingenieurburo inzenyring mernoki ingenieurs engg engrg
enterprise enterprises empresas empresa entreprise entreprises unternehmen imprese impresa przedsiebiorstwo predpriyatie podnik preduzece 
environment environmental umwelt medioambiente environnement ambiente srodowisko cevre
equipment ausrustung equipos equipement attrezzature oborudovanie
europe europa european europaische europeenne europea europejski evropa
exchange borse bolsa bourse borsa gielda birzha
export exportadora exports eksport
factory fabrik fabrica usine fabbrica fabryka fabrika fabriek zavod works werke werk zaklad zaklady tovarna gyar
family familia familie famille
farm farms granja bauernhof ferme fattoria gospodarstwo fazenda finca
fashion moda mode
federal foderal federale fed
film films cine kino cinema
finance financial finanz finanzas finances finanzen financiera financiere finanziaria finansowy financas finans finansal finansovaya finl
food foods lebensmittel alimentos aliments alimentaire alimentari alimenticia gida zywnosc pishchevye alimentacion
foundation fundacion fundacao stiftung fondation fondazione fundacja stichting nadace vakfi alapitvany stiftelse fond
fund fonds fondo fundo fundusz
furniture mobel muebles meubles mobili meble mebel mobilya moveis
gas gaz
general generale allgemeine geral ogolny
global mondial mundial worldwide world welt monde mundo
government regierung gobierno gouvernement governo rzad govt
group groupe grupo gruppo gruppe groep grupa skupina csoport grubu gruppen koncern konzern kontsern ryhma konsern concern grup grp
health gesundheit salud sante salute saude zdrowie zdravi saglik gezondheid healthcare
holding holdings beteiligungs beteiligungen beteiligungsgesellschaft hldg hldgs
home haus casa maison dom huis
hospital krankenhaus hopital ospedale szpital nemocnice ziekenhuis hastanesi sykehus sairaala bolnica spital korhaz hosp
hotel hotels hotely oteli hostal
house
import importadora imports
industry industries industrial industria industrie industrias industriel industrielle industriale industrien przemysl przemyslowe promyshlennost sanayi indystry prumysl ipari inds
information informacion informationen informacion informatsiya
innovation innovations innovacion innovacao innowacje
institute institut instituto istituto instytut instituut institutul enstitusu intezet ustav inst
insurance versicherung versicherungen seguros assurance assurances assicurazioni ubezpieczenia verzekeringen strakhovanie strakhovaya sigorta pojistovna assicurazione forsikring ins
international internacional internationale internazionale internationaal mezinarodni miedzynarodowe uluslararasi mezhdunarodnyy intl internasjonal nemzetkozi int l 
investment investments inversiones investissement investissements investimenti investimentos inwestycje investitsii yatirim investicni inv invest
jewelry jewellery jewelers joyeria bijouterie gioielleria schmuck
labor labour arbeit trabajo travail lavoro
laboratory laboratories lab labs labor laboratorio laboratorios laboratoire laboratoires laboratori laboratorium laboratoriya
law legal rechtsanwalte rechtsanwalt abogados avocats avvocati advogados kancelaria advocaten avocat
library bibliothek biblioteca bibliotheque biblioteka
logistics logistik logistica logistique logistyka logistika lojistik spedition logistic
machinery maschinen machines maquinaria maschinenbau macchine maszyny makina machine
management verwaltung gestion gestao zarzadzanie upravlenie yonetim mgmt mgt
manufacturing manufacture mfg fabrication fertigung manufactura proizvodstvo imalat seisakusho manufacturers
marine maritime maritima morskie
market markets markt mercado marche mercato rynek
marketing mercadeo mktg
media medien medios medya
medical medizin medica medicale medicina medyczny meditsinskiy medizinische tibbi medisch medyczne
metal metals metall metales metaux metalli
mining bergbau minera mineria miniere gornictwo minas mineracao madencilik
motor motors motoren motores moteurs motori
museum museo musee muzeum muzey museu muze
music musik musica musique muzyka muzik
national nacional nationale nazionale nationaal narodowy natsionalnyy ulusal narodni natl 
network networks netzwerk red reseau rete siec
north nord norte noord polnoc severnyy kuzey
office buro oficina bureau ufficio biuro kantoor
oil petroleum petroleo petrole ol neft petrol nafta olie
organization organisation organizacion organizacao organizzazione organizacja organizatsiya org
paper papier papel carta bumaga kagit
partners partner partnership socios partenaires ptnrs
petrochemical petrochemicals petroquimica petrochemie
pharmacy apotheke farmacia pharmacie apteka apotheek eczane lekarna gyogyszertar apotek farmacias
pharmaceuticals pharmaceutical pharma farmaceutica pharmazeutische pharmaceutique farmaceutici farma farmaceutyczne farmatsevtika ilac pharmazie pharm
plastics plastic kunststoff plasticos plastiques plastik kunststofftechnik
police policia polizei polizia policja
printing druckerei imprenta imprimerie tipografia drukarnia drukkerij grafica poligrafiya
production produktion produccion producao produzione produkcja
products produkte productos produits prodotti produkty prods
property properties immobilien inmobiliaria immobilier immobiliare nieruchomosci nedvizhimost gayrimenkul imobiliaria vastgoed props
publishing verlag editorial editions edizioni wydawnictwo izdatelstvo yayinlari uitgeverij editora publishers publishing
railway railways bahn ferrocarriles ferroviaire chemins ferrovie kolej rail railroad
research forschung investigacion recherche ricerca badania issledovaniya arastirma pesquisa forsknings
restaurant restaurants restaurante ristorante gaststatte restauracja restoran restauracia
royal real koninklijke royale reale konigliche kongelige
sales verkauf ventas ventes vendite sprzedaz
school schule escuela ecole scuola szkola shkola okul escola skola skole
science sciences scientific wissenschaft wissenschaften ciencia ciencias scienze nauka nauchnyy bilim
security sicherheit seguridad securite sicurezza bezpieczenstwo bezopasnost guvenlik seguranca
service services servicio servicios servizi servicos uslugi dienstleistungen dienste dienst diensten hizmetleri serwis servis sluzby svc svcs
shipping schiffahrt reederei naviera navigation navigazione denizcilik rederi
shop store tienda laden boutique negozio sklep magazin winkel loja butik
society gesellschaft sociedad societe societa towarzystwo spolecnost sociedade obshchestvo
software softwareentwicklung softver
solar photovoltaik
solutions losungen soluciones solucoes soluzioni rozwiazania resheniya cozumleri oplossingen solution loesungen
son sons hijo hijos sohn sohne filho filhos fils figli syn synowie zoon zonen syna
south sud sur sul zuid poludnie yuzhnyy guney
east ost este est oost wschod vostok dogu
west ouest oeste ovest zachod zapad bati
state staat estado etat stato panstwowy gosudarstvennyy devlet
steel stahl acero acier acciaio stal staal celik ocel
studio estudio atelier
supply supplies suministros fournitures forniture
system systems sistema sistemas systeme systemes sistemi systemy sistemy sistemleri sys
tax steuer steuerberatung steuerberater
technology technologies tech technik technologie technologien tecnologia tecnologias technique technologia technologie tekhnologii teknoloji teknologi technisch tecnologie teknik technol
textile textiles textil tessile tekstil
theater theatre teatro theatre teatr
tobacco tabak tabaco tabac tytun
tourism turismo tourisme turystyka turizm
transport transportation transporte transportes transporti transporty transporta tasimacilik nakliyat vervoer trans trasporti
travel reisen viajes voyages viaggi podroze reizen seyahat reiseburo
union unione
united vereinigte unidos unies unite zjednoczone
university universitat universidad universite universita uniwersytet universiteit universidade universitet univerzita universitesi egyetem yliopisto univ
water wasser agua eau acqua woda vodokanal voda
wine weingut vino vinos vins bodegas bodega wein vinhos cantina
wood holz madera bois legno drewno houtbedrijf madeira
`;

/**
 * Common parts of names in scripts without blanks, longest first where one holds another; a name has a second spelling
 * with them in English, since its owner writes so on its letters.
 */
const ownScript: readonly (readonly [string, string])[] = `
集団=group 集团=group 集團=group グループ=group 그룹=group
控股=holdings ホールディングス=holdings 홀딩스=holdings 지주=holdings
电子=electronics 電子=electronics 전자=electronics エレクトロニクス=electronics
电器=electric 電器=electric 電気=electric 電機=electric 电气=electric 전기=electric
自動車=motor 汽车=automobile 汽車=automobile 자동차=motor モーターズ=motors モーター=motor
银行=bank 銀行=bank 은행=bank 保险=insurance 保険=insurance 保險=insurance 생명보험=life_insurance 보험=insurance 화재=fire 생명=life 生命=life
证券=securities 証券=securities 證券=securities 증권=securities 투자=investment 投资=investment 投資=investment
科技=technology 技术=technology 技術=technology テクノロジーズ=technologies テクノロジー=technology 기술=technology 테크놀로지=technology
软件=software ソフトウェア=software 소프트웨어=software 信息=information 情報=information 정보=information
通信=communications 通讯=communications 통신=communications コミュニケーションズ=communications
国际=international 國際=international 国際=international インターナショナル=international 인터내셔널=international 국제=international
制药=pharmaceutical 製薬=pharmaceutical 药业=pharmaceutical 醫藥=pharmaceutical 医药=pharmaceutical 제약=pharmaceutical 薬品=pharmaceutical
化学=chemical 化工=chemical 화학=chemical ケミカル=chemical 石化=petrochemical 石油=oil
建设=construction 建設=construction 건설=construction 工程=engineering エンジニアリング=engineering 엔지니어링=engineering
重工業=heavy_industries 重工=heavy_industries 중공업=heavy_industries 工業=industry 工业=industry 산업=industry 実業=industry 実业=industry 产业=industry 産業=industry
钢铁=steel 鋼鐵=steel 製鉄=steel 제철=steel 철강=steel 商事=trading 贸易=trade 貿易=trade 무역=trade 物产=trading 物産=trading 물산=trading
物流=logistics 運輸=transport 运输=transport 로지스틱스=logistics ロジスティクス=logistics 航空=airlines 항공=airlines
能源=energy エネルギー=energy 에너지=energy 电力=power 電力=power 전력=power
食品=food 식품=food フーズ=foods 饮料=beverages 酒造=brewery
大学=university 大學=university 대학교=university 医院=hospital 病院=hospital 병원=hospital 研究所=research_institute 연구소=research_institute
製作所=seisakusho 机械=machinery 機械=machinery 기계=machinery 精密=precision 半导体=semiconductor 半導體=semiconductor 반도체=semiconductor 材料=materials
システムズ=systems システム=system 시스템=systems サービス=service 서비스=service ソリューションズ=solutions ソリューション=solution 솔루션=solution
ジャパン=japan 재팬=japan 코리아=korea 中国=china チャイナ=china アジア=asia
広告=advertising 传媒=media メディア=media 미디어=media 网络=network ネットワーク=network 네트웍스=networks 置业=property 地产=property 不動産=real_estate 부동산=real_estate
バイオ=bio 바이오=bio 生物=biological 医疗=medical メディカル=medical 의료=medical
`
  .trim()
  .split(/\s+/)
  .map((pair) => pair.normalize('NFKC').split('=') as [string, string]);

const senses = new Map<string, string>();
for (const line of senseTable.trim().split('\n')) {
  const words = line.split(' ');
  for (const word of words) if (!senses.has(word)) senses.set(word, words[0] ?? word);
}

/** Whether the word says what a company does or belongs to, and so little about which one it is. */
export const isGeneric = (word: string): boolean => senses.has(word);

/** What a word means where many languages have it ("grupo" is `group`), else the word. */
export const senseOf = (word: string): string => senses.get(word) ?? word;

const translations = new Map(ownScript);
const anyOwnScript = new RegExp([...translations.keys()].toSorted((a, b) => b.length - a.length).join('|'), 'gu');

/** A clean name in Han, kana or Hangul with its common parts in English; the name itself where it has none. */
export const inEnglish = (name: string): string =>
  name.replace(anyOwnScript, (part) => ` ${translations.get(part)?.replace('_', ' ') ?? part} `);
