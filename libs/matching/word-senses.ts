/**
 * Words that mean the same in the names of companies, whatever the language: what a company is, does or belongs to.
 * The first word of a line is its sense; the others are as names are compared (Latin, lower case, no marks).
 */
const senseTable = `
saint st sankt sint santa san sainte
mount mt
fort ft
resources resource recursos ressourcen
color colour
colors colours
american amern
german dt deutsch deutsche deutscher deutsches
polish polski polskie
italian italiana italiano
spanish espanola espanol
french francaise francais
russian rossiyskiy rossiyskaya russkiy
swiss schweizerische
securities wertpapiere valores titres
telephone telefon telefonica telefonia telefony
television televisione fernsehen tv
news nachrichten noticias nouvelles
nuclear atom kern
port hafen puerto porto
airport flughafen aeropuerto aeroport aeroporto
bridge brucke puente pont ponte
church kirche iglesia eglise chiesa
tools tool werkzeuge werkzeug herramientas ferramentas outils outillage narzedzia naradi szerszam verktoj verktyg
welding schweisstechnik
optics optik optica optique optical optyk optyka okulista optician opticians optiker opticiens opticas
glass glas vidrio verre vetro
rubber gummi caucho caoutchouc
ceramics keramik ceramica ceramique
packaging verpackung verpackungen embalajes emballages imballaggi opakowania embalagens obaly csomagolo pakkaus emballage verpakkingen ambalaj
roofing dach bedachungen
painting maler malerbetrieb malarstwo pinturas peinture pintura lakiernia lackiererei lakovna festek maalaus
plumbing sanitar klempner hydraulik hydraulika hydrauliczne plomberie plombier fontaneria fontanero idraulica idraulico instalator instalacje instalacyjne instalatorstwo instalaciones instalacoes installations installatie installatiebedrijf impianti sanitaire sanitaires vodoinstalace instalateri tesisat putki vvs
heating heizung chauffage calefaccion riscaldamento ogrzewanie topeni futes varme verwarming heizungsbau klima klimatyzacja climatizacao climatizacion clim aircon hvac
carpentry tischlerei schreinerei
academy academia akademie academie akademia akademi accademia akademiya akademija akademiet akatemia
advertising publicidad publicidade werbung reklama publicite pubblicita reklamy propaganda werbeagentur werbetechnik reclame reklam
agency agencia agentur agence agenzia agencja agentura agentstvo ajans agencija agentschap agences agencji agenturen
agricultural agricola agricole agrar agriculture agricultura landwirtschaft agro rolnicze agrarian zemedelska agropecuaria agropecuario agropecuarias rolniczy rolnicza rolno landwirtschaftliche agricoltura agricoles agroindustrial zemedelske poljoprivredno selskokhozyaystvennyy mezogazdasagi maatalous landbrug jordbruk landbouw tarim
airlines airline airways aerolineas luftlinien aviakompaniya aviacompany lineas
associates assoc associados asociados associes associati assocs asociate asociatii
association asociacion associacao associazione verband verein vereniging zwiazek asociace asotsiatsiya dernegi forbund asociacija assn associacoes stowarzyszenie sdruzeni spolek udruzenje egyesulet yhdistys forening foreningen vzw assoziation syndicat sindicato
automobile automotive automobiles auto autos automotriz automobili avto otomotiv automobilwerke autohaus autoservis autokomis automocion automoviles automoveis kfz samochody samochodowe samochodowy carros coches voitures
aviation aviacion aviacao luftfahrt aviazione aviatsiya havacilik
bakery backerei boulangerie panaderia panificio piekarnia bakkerij padaria pekarna bageri cukiernia konditorei patisserie pasteleria confeitaria pekseg leipomo piekarstwo firin
bank banco banca banque banka bankasi banku pankki banken bancorp banking bancaria bankas pank sparkasse volksbank raiffeisenbank spaarbank sparebank sparbank sparekasse osuuspankki takarekpenztar takarek
beverages getranke bebidas boissons bevande drinks napoje
brewery brauerei cerveceria brasserie birrificio browar brouwerij cervejaria pivovar bryggeri cervejas cervezas birra biere browary pivovary sorfozde panimo
brothers bros hermanos irmaos gebruder gebr freres fratelli flli bracia bratri broers hnos irs broeders brodrene broderna veljekset testverek kardesler fratii braca
building bau batiment edificio construcciones building bauunternehmen bauunternehmung edificacoes edificios batiments
center centre centro zentrum centrum tsentr centrs merkez merkezi kozpont keskus ctr centar centros centres zentren centru centralny
chemical chemicals chemie chimie quimica chimica chemia chemiczne khimiya kimya chemische chemisch chem
city stadt ville ciudad citta cidade miasto gorod
clinic clinica klinik clinique kliniek klinika poliklinika klinikum klinikken klinikka
club klub clube
cleaning reinigung limpieza nettoyage pulizie limpeza schoonmaak sprzatanie uklid takaritas rengoring stadning siivous temizlik curatenie gebaudereinigung
coffee cafe kaffee koffie kawa kahve kafe
college colegio kolleg
commerce commercial comercial commercio handel comercio handels handelsgesellschaft trading trade trgovina torgovyy handlowe handlowy ticaret obchod kereskedelmi comert negoce trdg comercializadora comercializacao handlowo handlowa commerciale commercieel handelsonderneming handelsbolag kauppa kereskedo kereskedelem torgovlya torgovaya torgoviy trgovacko trgovsko obchodni obchodna prekybos kaubandus tirdzniecibas emporiki
communications communication comunicaciones kommunikation comunicazioni komunikasi telekom telecom telecommunications telecommunication telecomunicaciones telekommunikation telecommunicatie comms comunicacao comunicacion comunicacoes komunikacja komunikacyjne viestinta iletisim
computer computers ordenador komputer rechner informatik informatica informatique computing komputery komputerowe informatikai informatyka informatyczne tietotekniikka bilgisayar
construction constructions construccion construcao costruzioni budowlane stroitelstvo stavebni insaat bouw bygg epitoipari constructii gradnja hochbau konstruksi constr construtora constructora construtores constructores constructeurs baugesellschaft budownictwo budowlany budowlana budowlano bouwbedrijf byggeri byggefirma entreprenor rakennus rakennusliike epito epitesi insaati stavebna stavby stroy stroitelnaya stroitelnyy gradevinsko gradbenistvo statyba ehitus buvnieciba edilizia edile edili construccions construcoes
consulting consultants consultant consultores consulenza beratung consultoria conseil conseils advisory advisors adviseurs doradztwo danismanlik konsulting berater unternehmensberatung consulenze consultora konsult konsultointi tanacsado tanacsadas poradenstvi poradenska counselling advies konsalting savetovanje svetovanje konsultacijos
cooperative cooperativa cooperatif genossenschaft spoldzielnia druzstvo kooperativ kooperatif cooperativas kooperatifi osuuskunta szovetkezet spoldzielcza cooperatives
credit kredit credito kredyt
dairy molkerei lacteos laiterie latticini mleczarnia mejeri
dental zahnarzt dentaire dentista zahnarztpraxis dentale stomatologia tandarts dentystyczny stomatologiczny zubni fogaszati odontologia odontologica odonto tandlaege tandlakare hammas
department dept abteilung departamento departement
design diseno gestaltung disegno projektowanie dizayn projekt projetos proyectos projekty
development entwicklung desarrollo developpement sviluppo desenvolvimento rozwoj razvitie gelistirme devel developpements desarrollos fejlesztesi fejleszto rozvoj utvikling utveckling udvikling kehitys developers
digital numerique digitale
distribution distribucion distribuidora vertrieb distribuzione distribuicao dystrybucja distribuidores distribuidor distribuicoes distributor distributors distributions dystrybutor distribuce distributie dagitim
education bildung educacion educacao istruzione edukacja obrazovanie egitim onderwijs educativo educativa educacional educational ensino ensenanza formation formacion formacao formazione ausbildung schulung szkolenia szkoleniowy vzdelavani kepzes oktatas koulutus utdanning utbildning uddannelse training trainings
electric electrical electrica elektro electrique elettrica elektrik elettrico elektrische electricidad electricite elec electriques elektrotechnik elektromontaz elektroinstalacje elektroinstallation elettrotecnica electrotecnia elettricita elektryczny elektryczne elektricke villamos sahko
electronics electronic elektronik electronica electronique elettronica elektronika eletronica electronico electronicos eletronico eletronicos elettronico elektroniczne
energy energia energie energi energiya energetika enerji energija power energetyczne energetyczny energetyka energetica energetico energeticos energetske energies energias
engineering ingenieria engenharia ingenierie ingegneria technika inzhiniring muhendislik ingenieure ingenieurburo inzenyring mernoki ingenieurs engg engrg inzynieria inzynierskie inzynieryjne ingenierieburo ingenieurgesellschaft inzenirski projektovani mernokiroda ingenjorsbyra suunnittelu projecten inzhenernyy inzeniring
enterprise enterprises empresas empresa entreprise entreprises unternehmen imprese impresa przedsiebiorstwo predpriyatie podnik preduzece empreendimentos emprendimientos empresarial empresariais betrieb betriebe vallalkozas vallalat yritys bedrijf bedrijven virksomhed isletmeleri podjetje ettevote imone uznemums
environment environmental umwelt medioambiente environnement ambiente srodowisko cevre environnemental ambiental ambientais ambientale srodowiska kornyezetvedelmi miljo milieu ymparisto ekologia ecologia ecologie
equipment ausrustung equipos equipement attrezzature oborudovanie equipamentos equipements wyposazenie sprzet berendezes utrustning udstyr laitteet ekipman ausstattung
europe europa european europaische europeenne europea europejski evropa europejska europejskie europeu europeia europees europeiska
exchange borse bolsa bourse borsa gielda birzha
export exportadora exports eksport
factory fabrik fabrica usine fabbrica fabryka fabrika fabriek zavod works werke werk zaklad zaklady tovarna gyar fabricas fabrikasi gyara tehdas fabrikken zavody zavodi wytwornia
family familia familie famille familiar familiares familienbetrieb rodzinny rodzinna
farm farms granja bauernhof ferme fattoria gospodarstwo fazenda finca agroturystyka landwirt gaec boerderij majatalous ciftligi exploitation
fashion moda mode modas vestuario odziez odziezowe abbigliamento bekleidung kleding confecciones confeccoes konfeksiyon textilhaus
federal foderal federale fed
film films cine kino cinema
finance financial finanz finanzas finances finanzen financiera financiere finanziaria finansowy financas finans finansal finansovaya finl financeira financeiros financiero financieros finansowe finansowa financni penzugyi rahoitus finansiering
food foods lebensmittel alimentos aliments alimentaire alimentari alimenticia gida zywnosc pishchevye alimentacion spozywcze spozywczy spozywczych potraviny elelmiszer elintarvike levensmiddelen gidasan alimentacao alimenticios
foundation fundacion fundacao stiftung fondation fondazione fundacja stichting nadace vakfi alapitvany stiftelse fond saatio
fund fonds fondo fundo fundusz
furniture mobel muebles meubles mobili meble mebel mobilya moveis meblowe meblowy stolarnia stolarstwo butor huonekalu mobiliario mobiliere arredamenti arredo nabytek namestaj pohistvo
gas gaz
general generale allgemeine geral ogolny generales generali allgemeiner
global mondial mundial worldwide world welt monde mundo
government regierung gobierno gouvernement governo rzad govt
group groupe grupo gruppo gruppe groep grupa skupina csoport grubu gruppen koncern konzern kontsern ryhma konsern concern grup grp grupos groupement ugrupowanie
health gesundheit salud sante salute saude zdrowie zdravi saglik gezondheid healthcare saudavel sanitaria sanitarias sanidad sanitario zdrowotny zdrowotne zdravotni egeszsegugyi terveys halsa sundhed
holding holdings beteiligungs beteiligungen beteiligungsgesellschaft hldg hldgs
home haus casa maison dom huis
hospital krankenhaus hopital ospedale szpital nemocnice ziekenhuis hastanesi sykehus sairaala bolnica spital korhaz hosp policlinico
hotel hotels hotely oteli hostal hoteis hoteles hotelaria hosteleria pensjonat pension gasthof gasthaus zajazd penzion panzio szalloda hotell hotelli albergo residence auberge pousada
house
import importadora imports importacao importacion importexport importadores
industry industries industrial industria industrie industrias industriel industrielle industriale industrien przemysl przemyslowe promyshlennost sanayi indystry prumysl ipari inds industriales industriais industriebetrieb industriegesellschaft przemyslowy przemyslowa teollisuus
information informacion informationen informatsiya informacoes informacyjne informacni informacios tietopalvelu informations informationssysteme
innovation innovations innovacion innovacao innowacje innowacyjne inovace inovacao inovacoes inovacija inovasyon innovatie
institute institut instituto istituto instytut instituut institutul enstitusu intezet ustav inst instituts institutet institutti institutos
insurance versicherung versicherungen seguros assurance assurances assicurazioni ubezpieczenia verzekeringen strakhovanie strakhovaya sigorta pojistovna assicurazione forsikring ins ubezpieczeniowe ubezpieczeniowy pojistovaci biztosito vakuutus forsakring forsikringsselskab seguradora aseguradora assureur assureurs corretora makler broker brokers
international internacional internationale internazionale internationaal mezinarodni miedzynarodowe uluslararasi mezhdunarodnyy intl internasjonal nemzetkozi int l
investment investments inversiones investissement investissements investimenti investimentos inwestycje investitsii yatirim investicni inv invest inwestycyjne inwestycyjny befektetesi befekteto sijoitus investeringer investeringar participations participacoes participaciones partecipazioni beteiligung beleggingen yatirimlari
jewelry jewellery jewelers joyeria bijouterie gioielleria schmuck
labor labour arbeit trabajo travail lavoro
laboratory laboratories lab labs labor laboratorio laboratorios laboratoire laboratoires laboratori laboratorium laboratoriya laboratoria laboratorija laboratoriet analises analyses analyse
law legal rechtsanwalte rechtsanwalt abogados avocats avvocati advogados kancelaria advocaten avocat prawna prawny prawnicza radca adwokat adwokacka notariusz notar notario notaire rechtsanwaltskanzlei kanzlei ugyvedi asianajotoimisto advokat advokatfirma advocacia advocatenkantoor juridico hukuk lawyers attorneys attorney solicitors
library bibliothek biblioteca bibliotheque biblioteka
logistics logistik logistica logistique logistyka logistika lojistik spedition logistic spedycja spedycyjne spediteur speditions logistico logisticos logisticky szallitmanyozas lojistigi
machinery maschinen machines maquinaria maschinenbau macchine maszyny makina machine maszynowe maszynowy strojirna strojirenstvi gepgyarto gepipari konepaja maskin maskiner maskinfabrik maquinas machinefabriek makineleri mecanica mecanique meccanica meccaniche mecanicas mechanika mechanik mechaniczny mechaniczne
management verwaltung gestion gestao zarzadzanie upravlenie yonetim mgmt mgt gerencia gerenciamento zarzadzania spravni sprava vagyonkezelo hausverwaltung forvaltning hallinto administradora administracao administracion administration administrators beheer
manufacturing manufacture mfg fabrication fertigung manufactura proizvodstvo imalat seisakusho manufacturers fabricacion fabricacao hersteller gyarto tillverkning valmistus manufaktura manufakturing producent uretim vyroba vyrobni producators wytworczo
marine maritime maritima morskie
market markets markt mercado marche mercato rynek supermercado supermercados supermarkt supermarkets supermarket supermarche mercados minimercado mercearia hipermercado
marketing mercadeo mktg
media medien medios medya mediji
medical medizin medica medicale medicina medyczny meditsinskiy medizinische tibbi medisch medyczne medico medicos medicaux medycyna medyczna medyczno lekarski lekarska lekarz arztpraxis facharzt zdravotnicke zdravotnictvi orvosi laakari medicinsk doctors doctor
metal metals metall metales metaux metalli metaliczne metalurgica metallurgie metallurgia metallbau metalowe metalowy kovo kovovyroba femipari metalworks metallverarbeitung carpinteria serralharia schlosserei slusarstwo zamecnictvi lakatos
mining bergbau minera mineria miniere gornictwo minas mineracao madencilik
motor motors motoren motores moteurs motori motorenbau motos motocicletas motocykle
museum museo musee muzeum muzey museu muze
music musik musica musique muzyka muzik muzyczny muzyczna zenei musiikki
national nacional nationale nazionale nationaal narodowy natsionalnyy ulusal narodni natl
network networks netzwerk red reseau rete siec
north nord norte noord polnoc severnyy kuzey septentrional
office buro oficina bureau ufficio biuro kantoor
oil petroleum petroleo petrole ol neft petrol nafta olie petroquimico petroliere petrolifera olej olejowy
organization organisation organizacion organizacao organizzazione organizacja organizatsiya org organizacni szervezet orgutlen
paper papier papel carta bumaga kagit papelaria papeleria papierniczy papiernia kagitcilik
partners partner partnership socios partenaires ptnrs partenerzy partnerzy wspolnicy socii osakkaat
petrochemical petrochemicals petroquimica petrochemie
pharmacy apotheke farmacia pharmacie apteka apotheek eczane lekarna gyogyszertar apotek farmacias farmaceutyczny apteczny drogeria drogerie drugstore drugstores parafarmacia patika
pharmaceuticals pharmaceutical pharma farmaceutica pharmazeutische pharmaceutique farmaceutici farma farmaceutyczne farmatsevtika ilac pharmazie pharm
plastics plastic kunststoff plasticos plastiques plastik kunststofftechnik plastico plasticas tworzywa tworzyw muanyag muovi kunststoffe matieres
police policia polizei polizia policja
printing druckerei imprenta imprimerie tipografia drukarnia drukkerij grafica poligrafiya poligrafia poligraficzne graficzne grafico graficos graficas graphics tiskarna nyomda painotalo trykkeri tryckeri drukwerk tipografie matbaa
production produktion produccion producao produzione produkcja produkcyjno produkcyjny produkcyjna produkcyjne productions productora produtora vyrobne termelo tuotanto
products produkte productos produits prodotti produkty prods wyroby vyrobky termekek tuotteet
property properties immobilien inmobiliaria immobilier immobiliare nieruchomosci nedvizhimost gayrimenkul imobiliaria vastgoed props imoveis nemovitosti ingatlan kiinteisto fastigheter ejendomme eiendom vastgoedbeheer emlak realitni realty grundstucks wohnungsbau wohnbau wohnungen mieszkaniowa housing
publishing verlag editorial editions edizioni wydawnictwo izdatelstvo yayinlari uitgeverij editora publishers publishing editoriale editoriales edicoes ediciones editore editores editor wydawnicze wydawniczy nakladatelstvi kiado kustannus forlag uitgevers yayinevi naklada zalozba livros libros livraria libreria librairie buchhandlung ksiegarnia knihkupectvi konyvkiado konyvesbolt books bookshop bookstore
railway railways bahn ferrocarriles ferroviaire chemins ferrovie kolej rail railroad
research forschung investigacion recherche ricerca badania issledovaniya arastirma pesquisa forsknings badawczo badawczy badawcze vyzkum vyzkumny kutato kutatasi tutkimus forschungs forskning onderzoek estudos estudios etudes studi studies arastirmalari istrazivanje raziskave pesquisas recherches investigacao investigacoes
restaurant restaurants restaurante ristorante gaststatte restauracja restoran restauracia restauracyjny restauracji etterem ravintola restauracje pizzeria pizza trattoria lokanta bistro bistrot taverna gostilna gostinstvo ugostiteljstvo gastronomia gastronomie gastro bar kebab
royal real koninklijke royale reale konigliche kongelige
sales verkauf ventas ventes vendite sprzedaz vanzari forsaljning salg myynti ertekesito satis vertriebs
school schule escuela ecole scuola szkola shkola okul escola skola skole scoala iskola koulu skolan ecoles
science sciences scientific wissenschaft wissenschaften ciencia ciencias scienze nauka nauchnyy bilim
security sicherheit seguridad securite sicurezza bezpieczenstwo bezopasnost guvenlik seguranca ochrona biztonsagi turvallisuus sikkerhed sikkerhet vigilancia vigilance vagyonvedelmi varnost zastita
service services servicio servicios servizi servicos uslugi dienstleistungen dienste dienst diensten hizmetleri serwis servis sluzby svc svcs uslugowo uslugowa uslugowe uslugowy prestacao prestations servisni sluzeb szolgaltato szolgaltatas palvelu palvelut tjanster tjenester dienstverlening usluge storitve paslaugos teenused pakalpojumi serviceen assistance assistencia asistencia
shipping schiffahrt reederei naviera navigation navigazione denizcilik rederi navios armador armadora armateur reederij rederij zegluga
shop store tienda laden boutique negozio sklep magazin winkel loja butik stores shops sklepy uzlet prodejna maloobchod commerces lojas boutiques magasin magasins butikk butiken dukkan
society soc gesellschaft sociedad societe societa towarzystwo spolecnost sociedade obshchestvo spolka
software softwareentwicklung softver
solar photovoltaik photovoltaic photovoltaique fotovoltaico fotovoltaica fotovoltaika fotowoltaika
solutions losungen soluciones solucoes soluzioni rozwiazania resheniya cozumleri oplossingen solution loesungen reseni megoldasok ratkaisut losninger losningar solutii rjesenja resitve
son sons hijo hijos sohn sohne filho filhos fils figli syn synowie zoon zonen syna
south sud sur sul zuid poludnie yuzhnyy guney
east ost este est oost wschod vostok dogu
west ouest oeste ovest zachod zapad bati
state staat estado etat stato panstwowy gosudarstvennyy devlet panstwowa panstwowe statni allami valtion statens
steel stahl acero acier acciaio stal staal celik ocel siderurgica siderurgia siderurgie stahlbau staalbouw stalowe stalowy aceros acos aciers hutnicze zelezarny
studio estudio atelier
supply supplies suministros fournitures forniture zaopatrzenie forsyning
system systems sistema sistemas systeme systemes sistemi systemy sistemy sistemleri sys systemhaus systemtechnik systemer rendszer rendszerek jarjestelmat sustavi
tax steuer steuerberatung steuerberater contabilidade contabilidad contadores contables contable comptable comptables comptabilite commercialista rachunkowe rachunkowy rachunkowosc ksiegowe ksiegowy ksiegowa ucetni ucetnictvi konyvelo konyveloiroda tilitoimisto accountancy accounting accountants accountant buchhaltung buchfuhrung boekhouding muhasebe steuerberatungsgesellschaft revision audit auditores auditors auditoria
technology technologies tech technik technologie technologien tecnologia tecnologias technique technologia tekhnologii teknoloji teknologi technisch tecnologie teknik technol techniczny techniczne techniczna technicka technicke technical techniques tecnica tecnicas tecnico tecnicos tecniche tecnici teknologia tehnologii tehnologije tehnika tehnoloogia technologijos tecnologico tecnologica
textile textiles textil tessile tekstil tekstylia tekstylne textilien textilni
theater theatre teatro teatr
tobacco tabak tabaco tabac tytun
tourism turismo tourisme turystyka turizm turystyczne turystyczny turistica turistico turismos idegenforgalmi
transport transportation transporte transportes transporti transporty transporta tasimacilik nakliyat vervoer trans trasporti transportowe transportowy transporteur transporteurs autotransport autotransportes transportfirma kuljetus szallitas fuvarozo doprava autodoprava prijevoz prevoz prevozi nakliye tasima vedu kravu transports gutertransporte speditionsgesellschaft przewoz przewozy trucking freight
travel reisen viajes voyages viaggi podroze reizen seyahat reiseburo viagens utazas utazasi cestovni matkatoimisto rejser putovanja voyage viaje touroperator
union unione sindacato
united vereinigte unidos unies unite zjednoczone
university universitat universidad universite universita uniwersytet universiteit universidade universitet univerzita universitesi egyetem yliopisto univ universitaria universitario universitaire universitatea sveuciliste univerza ulikool
water wasser agua eau acqua woda vodokanal voda aguas wodociagi wodociagowe vodovod vodovody vizmu vann vatten
wine weingut vino vinos vins bodegas bodega wein vinhos cantina vinicola vinho viticola winnica vinarstvi pinceszet borasz borpince viinitila vinifera
wood holz madera bois legno drewno houtbedrijf madeira drzewny drzewne drewniane timber lumber faipari holzbau holzhandel tischler zimmerei ciesielstwo stolarski stolarska menuiserie menuiseries carpintaria falegnameria truhlarstvi asztalos puuseppa snickeri tomrer keittiot
photo fotografia fotografie
recycling recyclage riciclaggio reciclaje reciclagem
repair reparatur reparation reparaciones naprawa oprava
sport sports deportes deportivo desporto desportivo esporte sportowy sportovni
veterinary veterinaria veterinario veterinaire veterinari tierarzt tierarztpraxis weterynaryjny weterynaryjna weterynarz veterinarni allatorvosi elainlaakari dyrlaege
warehouse magazyn almacen almacenes armazem armazens entrepot magazzino sklad raktar varasto
wholesale grosshandel hurtownia velkoobchod nagykereskedelem groothandel grossiste mayorista atacado atacadista ingrosso tukku engros
impact impacto impatto
unit unidade unidad einheit jednostka
community comunidad comunidade communaute comunita gemeinschaft wspolnota komunita
municipal municipio municipalidad municipale municipality municipalite gemeinde gmina obec komunalne komunalnych komunalny kommunale commune comune concello urzad prefeitura ayuntamiento mairie
council rada consejo conselho consiglio
hair fryzjer fryzjerski fryzjerskie friseur frisor coiffure coiffeur peluqueria cabeleireiro cabeleireiros parrucchiere parrucchieri kadernictvi fodraszat fodrasz kampaamo frisoren kuafor
beauty estetica esthetique kosmetik kosmetyczny kosmetyczne kosmetyka kosmetika kozmetika belleza beleza bellezza kauneus skonhed guzellik
garden ogrod ogrody ogrodniczy ogrodnicze zahrada zahradnictvi kerteszet puutarha jardin jardins jardinage jardineria jardinagem giardino giardini tuin tuinen gartenbau gartnerei floricultura kwiaciarnia kwiaty fleurs flores blumen
establishment etablissements etablissement ets establecimiento estabelecimento
central centrale centralne
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

/** First names as they are written short: no less telling for it. */
const shortTable = `william wm|charles chas|george geo|james jas|thomas thos|robert robt|joseph jos|frederick fredk|edward edw
benjamin benj|johannes joh|friedrich friedr|wilhelm wilh|heinrich heinr`;

const senses = new Map<string, string>();
for (const line of senseTable.trim().split('\n')) {
  const words = line.split(' ');
  for (const word of words) if (!senses.has(word)) senses.set(word, words[0] ?? word);
}

const generic = new Set(senses.keys());
for (const pair of shortTable.split(/[|\n]/)) {
  const [whole = '', short = ''] = pair.split(' ');
  senses.set(short, whole);
}

/** Whether the word says what a company does or belongs to, and so little about which one it is. */
export const isGeneric = (word: string): boolean => generic.has(word);

/** What a word means where many languages have it ("grupo" is `group`), else the word. */
export const senseOf = (word: string): string => senses.get(word) ?? word;

const translations = new Map(ownScript);
const anyOwnScript = new RegExp([...translations.keys()].toSorted((a, b) => b.length - a.length).join('|'), 'gu');

/** A clean name in Han, kana or Hangul with its common parts in English; the name itself where it has none. */
export const inEnglish = (name: string): string =>
  name.replace(anyOwnScript, (part) => ` ${translations.get(part)?.replace('_', ' ') ?? part} `);
